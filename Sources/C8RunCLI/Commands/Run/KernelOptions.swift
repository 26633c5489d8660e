import ArgumentParser

/// What is asked of the kernel, for help and completions.
struct KernelOptions: ParsableArguments {
    @Flag(
        name: .customLong("require-kernel-sandbox"),
        help: ArgumentHelp(.requireKernelSandbox))
    var requireKernelSandbox = false
}
