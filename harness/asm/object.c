#include "read.h"
bool read_object(const struct asm_arch *arch, const char *path, program_sink *sink, void *context, struct error *e)
{ (void)arch; (void)sink; (void)context; return error_set(e, path, 0, "soon"); }
