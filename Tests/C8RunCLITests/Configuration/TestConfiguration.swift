@testable import C8RunCLI

/// Configuration over files and variables that exist in a test alone.
enum TestConfiguration {
    static func folders(variables: [String: String] = [:]) -> ConfigurationFolders {
        ConfigurationFolders(home: "/home/me", workingDirectory: "/work dir") { name in
            variables[name].flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    static func loader(
        files: [String: String] = [:], variables: [String: String] = [:], mode: UInt32 = 0o600
    ) -> ConfigurationLoader {
        ConfigurationLoader(folders: folders(variables: variables)) { path throws(SmallFileError) in
            guard let text = files[path] else { throw SmallFileError(number: 2) }
            return SmallFile(bytes: Array(text.utf8), mode: mode)
        }
    }
}
