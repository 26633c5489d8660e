import ArgumentParser

/// Names of profiles, for shells that complete them.
enum ProfileCompletion {
    static var profiles: CompletionKind {
        .custom { words, _, prefix in
            let loader = ConfigurationLoader(folders: .current())
            // A file named on the same line is the one that counts.
            let file = words.firstIndex(of: "--config").flatMap { index in
                index + 1 < words.count ? words[index + 1] : nil
            }
            let layers = try? loader.load(ConfigurationRequest(file: file))
            return (layers?.knownProfiles ?? []).filter { $0.hasPrefix(prefix) }
        }
    }
}
