/* What the tables' offsets are relative to since Go 1.18: the start of the text, and go:func.*. */
#ifndef EVERYPC_GO_BASES_H
#define EVERYPC_GO_BASES_H

#include "gobin_fields.h"

/* Fills bin->text and bin->go_func; the image and pclntab are there. False and one line in *e. */
bool find_bases(struct gobin *bin, struct error *e);

#endif
