/* What the runtime never preempts, whatever the table of unsafe points says (runtime/preempt.go,
 * isAsyncSafePoint). */
#include "filter.h"

#include <stdio.h>

#include "buildinfo.h"

const char *gobin_filter_text(enum gobin_filter filter)
{
    switch (filter) {
    case FILTER_NONE:
        return "preemptible";
    case FILTER_ASM:
        return "assembly";
    case FILTER_NO_MAPS:
        return "no pointer maps";
    case FILTER_RUNTIME:
        return "runtime";
    case FILTER_VERSION:
        return "made before Go 1.14";
    }
    return "unknown";
}

/* Packages of the runtime moved from runtime/internal/ to internal/runtime/ from Go 1.23 on, and the
 * runtime's list did not follow at once (golang/go#71591, #72031): the change is of March 2025, when go1.24.1
 * was out; go1.24.4 has it. Releases of 1.23 count as being without it: rather a finding too many. A binary
 * that does not say its version counts as a new one. */
static bool refuses_internal_runtime(const struct gobin *bin)
{
    static const struct first_patch first[] = {{24, 2}};
    return bin->minor < 0 || version_has(bin, first, 1);
}

bool is_runtime_name(const struct gobin *bin, const char *name)
{
    static const char *const prefixes[] = {"runtime.", "runtime/internal/", "reflect.", "internal/runtime/"};
    int n = refuses_internal_runtime(bin) ? 4 : 3;
    for (int i = 0; i < n; i++)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return false;
}

/* The name of the function that was inlined as number `index`; null if the tree has no such entry. */
static const char *inlined_name(const struct gobin *bin, const struct gobin_func *f, int32_t index)
{
    const struct layout *l = bin->tables.layout;
    struct span tree = image_at(&bin->image, f->inl_tree);
    uint64_t name;
    if (!tree.bytes || !span_read(&tree, (uint64_t)index * l->inl_entry + l->inl_name, 4, &name))
        return NULL;
    return span_string(&bin->tables.names, name);
}

void check_inlining(const struct gobin *bin, struct gobin_func *f)
{
    struct pctab_iter it;
    enum pctab_error error;
    if (f->inl_tree == 0)
        return;
    pctab_begin(&it, &f->inl_index);
    while (pctab_next(&it, &error)) {
        if (it.run.value < 0 || inlined_name(bin, f, it.run.value))
            continue;
        if (!*f->damage)
            snprintf(f->damage, sizeof f->damage,
                     "FUNCDATA_InlTree at 0x%llx: entry %d, which +0x%x names, is not all in the file",
                     (unsigned long long)f->inl_tree, it.run.value, it.run.start);
        return;
    }
}

/* The innermost name decides: what is inlined into a function of the runtime may be preempted there. */
static enum gobin_filter filter_of_run(const struct gobin *bin, const struct gobin_func *f, int32_t index)
{
    if (index < 0)
        return f->filter;
    const char *name = inlined_name(bin, f, index);
    return name && is_runtime_name(bin, name) ? FILTER_RUNTIME : FILTER_NONE;
}

enum gobin_filter gobin_filter_at(const struct gobin *bin, const struct gobin_func *f, uint32_t offset,
                                  uint32_t *until)
{
    struct pctab_iter it;
    enum pctab_error error;
    enum gobin_filter filter = f->filter;
    *until = (uint32_t)(f->end - f->entry);
    if (f->filter == FILTER_ASM || f->filter == FILTER_NO_MAPS || f->filter == FILTER_VERSION ||
        f->inl_tree == 0)
        return filter;
    pctab_begin(&it, &f->inl_index);
    while (pctab_next(&it, &error)) {
        if (it.run.end <= offset)
            continue;
        enum gobin_filter here = filter_of_run(bin, f, it.run.value);
        if (it.run.start > offset && here != filter) {
            *until = it.run.start;
            return filter;
        }
        filter = here;
    }
    /* Nothing is inlined after the table's end. */
    if (filter != f->filter)
        *until = it.run.end;
    return filter;
}
