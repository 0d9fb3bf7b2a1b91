/* Reads what an injected call does not preserve (lost.h). */
#include "lost.h"

#include <jansson.h>
#include <string.h>

struct lost lost_nothing(const struct effects_arch *arch)
{
    return (struct lost){.kept_below_sp = arch->kept_below_sp};
}

/* Adds a register's units, those of its parts that are listed or all; false if there is no such register or
 * part. */
static bool add(const struct effects_arch *arch, const char *reg, json_t *parts, struct unitset *units)
{
    bool found = false;
    for (int u = 0; u < arch->n_units; u++)
        if (strcmp(arch->units[u].reg, reg) == 0) {
            found = true;
            if (!parts)
                unit_add(units, u);
        }
    for (size_t i = 0; found && i < json_array_size(parts); i++) {
        bool has_part = false;
        json_int_t part =
            json_is_integer(json_array_get(parts, i)) ? json_integer_value(json_array_get(parts, i)) : -1;
        for (int u = 0; u < arch->n_units; u++)
            if (strcmp(arch->units[u].reg, reg) == 0 && arch->units[u].part == part) {
                unit_add(units, u);
                has_part = true;
            }
        found = has_part;
    }
    return found;
}

static bool read_object(const char *path, json_t *root, const struct effects_arch *arch, struct lost *lost,
                        struct error *e)
{
    const char *target = json_string_value(json_object_get(root, "target"));
    json_t *list = json_object_get(root, "lost"), *kept = json_object_get(root, "kept_below_sp"), *item;
    size_t i;
    if (!target || !json_is_array(list))
        return error_set(e, path, 0, "expected {\"target\": ..., \"lost\": [...]}");
    if (strcmp(target, arch->target->name) != 0)
        return error_set(e, path, 0, "was measured on %s, the binary is for %s", target, arch->target->name);
    if (kept && (!json_is_integer(kept) || json_integer_value(kept) < 0 || json_integer_value(kept) > 4096))
        return error_set(e, path, 0, "kept_below_sp must be a number of bytes from 0 to 4096");
    if (kept)
        lost->kept_below_sp = (uint32_t)json_integer_value(kept);
    json_array_foreach(list, i, item)
    {
        const char *reg = json_string_value(json_object_get(item, "reg"));
        json_t *parts = json_object_get(item, "parts");
        if (!reg || (parts && !json_is_array(parts)) || !add(arch, reg, parts, &lost->units))
            return error_set(e, path, 0, "\"lost\" entry %zu names no register of %s, or no part of one", i,
                             target);
    }
    return true;
}

bool lost_read(const char *path, const struct effects_arch *arch, struct lost *lost, struct error *e)
{
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    *lost = lost_nothing(arch);
    if (!root)
        return error_set(e, path, error.line > 0 ? error.line : 0, "%s", error.text);
    bool good = read_object(path, root, arch, lost, e);
    json_decref(root);
    return good;
}
