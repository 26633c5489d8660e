import C8Sandbox

/// The kernel's wall for one run: the grants, and what c8run itself needs while a script runs.
enum RunWall {
    /// - Parameters:
    ///   - grants: everything that is granted, wherever it was said.
    ///   - usesEmulator: it listens on a port that is not known beforehand.
    ///   - settings: the platform's, where they are complete; without them nothing is ever sent.
    ///   - scriptFolder: where `require` reads.
    ///   - bindings: bindings files, absolute.
    static func wall(
        grants: RunGrants, usesEmulator: Bool, settings: PlatformSettings?, scriptFolder: String?, bindings: [String],
        folders: ConfigurationFolders
    ) -> KernelWall {
        func absolute(_ path: String) -> String {
            FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
        }
        var wall = KernelWall()
        wall.everythingReadable = grants.read == .all
        wall.everythingWritable = grants.write == .all
        if case .names(let paths)? = grants.read { wall.readable += paths.map(absolute) }
        if case .names(let paths)? = grants.write { wall.writable += paths.map(absolute) }
        if let scriptFolder { wall.readable.append(absolute(scriptFolder)) }
        wall.readable += bindings
        var ports = grantedPorts(grants.net)
        if let settings {
            wall.readable += settings.bindings
            if case .file(let path) = settings.secret.value.source { wall.readable.append(path) }
            if case .folder(let path) = settings.state { wall.ownFolders.append(path) }
            if let port = UInt16(exactly: settings.baseURL.port ?? (settings.baseURL.scheme == "http" ? 80 : 443)) {
                ports?.insert(port)
            }
        }
        wall.ports = usesEmulator ? .any : ports.map { .only($0) } ?? .any
        wall.mayListen = usesEmulator
        return wall
    }

    /// The ports that `--allow-net` names; nil where it opens hosts at any port.
    static func grantedPorts(_ grant: GrantList?) -> Set<UInt16>? {
        guard let grant else { return [] }
        guard case .names(let hosts) = grant else { return nil }
        var ports: Set<UInt16> = []
        for host in hosts {
            guard let colon = host.lastIndex(of: ":") else { return nil }
            // The colons of an address belong to no port: [::1]:80 has one, ::1 and [::1] have none.
            let name = host[..<colon]
            guard !name.contains(":") || name.hasSuffix("]"),
                let port = UInt16(host[host.index(after: colon)...])
            else { return nil }
            ports.insert(port)
        }
        return ports
    }
}
