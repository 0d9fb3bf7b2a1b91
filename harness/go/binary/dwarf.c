#include "dwarf.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "gobin_fields.h"

static bool named(Dwarf_Die *die, int tag, const char *name)
{
    const char *own = dwarf_diename(die);
    return dwarf_tag(die) == tag && own && strcmp(own, name) == 0;
}

/* Of a die's children, the first of that tag and name. */
static bool find_child(Dwarf_Die *parent, int tag, const char *name, Dwarf_Die *out)
{
    if (dwarf_child(parent, out) != 0)
        return false;
    do
        if (named(out, tag, name))
            return true;
    while (dwarf_siblingof(out, out) == 0);
    return false;
}

/* A location that is one constant, as Go writes DW_AT_data_member_location: a number, or DW_OP_plus_uconst.
 */
static bool member_offset(Dwarf_Die *member, uint64_t *offset)
{
    Dwarf_Attribute attribute;
    Dwarf_Word number;
    Dwarf_Op *ops;
    size_t n;
    if (!dwarf_attr(member, DW_AT_data_member_location, &attribute))
        return false;
    if (dwarf_formudata(&attribute, &number) == 0) {
        *offset = number;
        return true;
    }
    if (dwarf_getlocation(&attribute, &ops, &n) != 0 || n < 1 || ops[0].atom != DW_OP_plus_uconst)
        return false;
    *offset = ops[0].number;
    return true;
}

bool gobin_field(const struct gobin *bin, const char *type, const char *field, uint64_t *offset)
{
    /* The file again: libdw uncompresses sections in place, which a mapping for reading does not bear. */
    int fd = open(bin->path, O_RDONLY | O_CLOEXEC);
    Dwarf *dwarf = fd >= 0 ? dwarf_begin(fd, DWARF_C_READ) : NULL;
    bool found = false;
    Dwarf_CU *cu = NULL;
    Dwarf_Die unit, die, member;
    while (dwarf && !found && dwarf_get_units(dwarf, cu, &cu, NULL, NULL, &unit, NULL) == 0)
        found = find_child(&unit, DW_TAG_structure_type, type, &die) &&
                find_child(&die, DW_TAG_member, field, &member) && member_offset(&member, offset);
    if (dwarf)
        dwarf_end(dwarf);
    if (fd >= 0)
        close(fd);
    return found;
}
