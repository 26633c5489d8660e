import ArgumentParser

// How option values are read from text. The types themselves know nothing of the argument parser.

extension ColorChoice: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {
    /// `zh_CN` is understood, too.
    init?(argument: String) { self.init(tag: argument) }
}

extension LogFormat: ExpressibleByArgument {}
