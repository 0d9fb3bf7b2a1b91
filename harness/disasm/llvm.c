/* The declarations are those of llvm-c/Disassembler.h and Target.h, which have not changed since LLVM 3.3;
 * with them no headers of LLVM need be installed, 200 MB. */
#include "llvm.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* LLVM 16 is the first with LoongArch, the only target so far. */
enum { OLDEST = 16, NEWEST = 40 };

typedef void *create_fn(const char *triple, const char *cpu, const char *features, void *info, int tag,
                        void *get_op_info, void *look_up_symbol);
typedef size_t disassemble_fn(void *context, uint8_t *bytes, uint64_t n, uint64_t pc, char *out, size_t size);
typedef void dispose_fn(void *context);

struct llvm {
    void *context;
    disassemble_fn *disassemble;
    dispose_fn *dispose;
};

/* The oldest that will do, so that a machine with several prints the same as one with Debian's. */
static void *load_library(void)
{
    static void *library;
    for (int version = OLDEST; !library && version <= NEWEST; version++) {
        char name[32];
        snprintf(name, sizeof name, "libLLVM-%d.so.1", version);
        library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
        snprintf(name, sizeof name, "libLLVM.so.%d.1", version); /* from 18 on */
        if (!library)
            library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    }
    return library;
}

/* Calls LLVMInitialize<Name><what>. */
static bool initialise(void *library, const char *name, const char *what)
{
    char symbol[96];
    snprintf(symbol, sizeof symbol, "LLVMInitialize%s%s", name, what);
    void (*init)(void) = (void (*)(void))dlsym(library, symbol);
    if (init)
        init();
    return init != NULL;
}

struct llvm *llvm_open(const struct target *target, struct error *e)
{
    const struct llvm_target *t = target->llvm;
    void *library = load_library();
    if (!library) {
        error_set(e, "LLVM", 0,
                  "no libLLVM of version %d or newer, which %s is disassembled by; Debian's "
                  "package is libllvm%d or newer (`make setup ARCH=%s` installs it)",
                  OLDEST, target->name, OLDEST, target->name);
        return NULL;
    }
    create_fn *create = (create_fn *)dlsym(library, "LLVMCreateDisasmCPUFeatures");
    struct llvm *l = calloc(1, sizeof *l);
    if (l && create && initialise(library, t->name, "TargetInfo") &&
        initialise(library, t->name, "TargetMC") && initialise(library, t->name, "Disassembler")) {
        l->disassemble = (disassemble_fn *)dlsym(library, "LLVMDisasmInstruction");
        l->dispose = (dispose_fn *)dlsym(library, "LLVMDisasmDispose");
        l->context = create(t->triple, "", t->features, NULL, 0, NULL, NULL);
        if (l->context && l->disassemble && l->dispose)
            return l;
    }
    free(l);
    error_set(e, "LLVM", 0, "this libLLVM was built without %s", t->name);
    return NULL;
}

void llvm_close(struct llvm *l)
{
    if (l)
        l->dispose(l->context);
    free(l);
}

size_t llvm_text(struct llvm *l, const uint8_t *bytes, size_t n, uint64_t pc, char *out, size_t size)
{
    uint8_t copy[16]; /* the function takes no const */
    n = n < sizeof copy ? n : sizeof copy;
    memcpy(copy, bytes, n);
    char text[128];
    size_t used = l->disassemble(l->context, copy, n, pc, text, sizeof text);
    if (!used)
        return 0;
    const char *from = text + strspn(text, "\t ");
    snprintf(out, size, "%s", from);
    for (char *tab = out; (tab = strchr(tab, '\t'));)
        *tab = ' ';
    return used;
}
