/* Of functions that a C library for big-endian ELFv2 would lack: there is none, and the agent uses none. */
