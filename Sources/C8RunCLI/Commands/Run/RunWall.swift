import C8Postgres
import C8Sandbox

/// The kernel's wall for one run: the grants, and what c8run itself needs while a script runs.
enum RunWall {
    /// - Parameters:
    ///   - grants: everything that is granted, wherever it was said.
    ///   - usesEmulator: it listens on a port that is not known beforehand.
    ///   - settings: the platform's, where they are complete; without them nothing is ever sent.
    ///   - scriptFolder: where `require` reads.
    ///   - state: where tokens and flows are kept.
    ///   - readable: what c8run itself will read: bindings files and files of secrets, absolute.
    static func wall(
        grants: RunGrants, usesEmulator: Bool, settings: PlatformSettings?, scriptFolder: String?, readable: [String],
        state: StateLocation?, folders: ConfigurationFolders
    ) -> KernelWall {
        func absolute(_ path: String) -> String {
            FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
        }
        var wall = KernelWall()
        wall.everythingReadable = grants.read?.isAll == true
        wall.everythingWritable = grants.write?.isAll == true
        wall.readable += (grants.read?.names ?? []).map(absolute)
        wall.writable += (grants.write?.names ?? []).map(absolute)
        if let scriptFolder { wall.readable.append(absolute(scriptFolder)) }
        wall.readable += readable
        // Certificates of authorities that take the place of the machine's own. Read with the first connection.
        wall.readable += ["SSL_CERT_FILE", "SSL_CERT_DIR"].compactMap(folders.environment).filter { !$0.isEmpty }
            .map(absolute)
        var ports = grantedPorts(grants.net)
        if let settings {
            wall.readable += settings.bindings
            if case .file(let path) = settings.secret.value.source { wall.readable.append(path) }
            if let port = UInt16(exactly: settings.baseURL.port ?? (settings.baseURL.scheme == "http" ? 80 : 443)) {
                ports?.insert(port)
            }
        }
        ports = open(&wall, for: state, ports: ports, folders: folders)
        // Long answers of the DNS come by TCP.
        if ports?.isEmpty == false { ports?.insert(53) }
        wall.ports = usesEmulator ? .any : ports.map { .only($0) } ?? .any
        wall.mayListen = usesEmulator
        return wall
    }

    /// Opens what the state needs.
    ///
    /// - Parameter ports: those that may be dialled so far; nil for all.
    /// - Returns: the same with those of the state.
    @discardableResult
    static func open(
        _ wall: inout KernelWall, for state: StateLocation?, ports: Set<UInt16>? = nil, folders: ConfigurationFolders
    ) -> Set<UInt16>? {
        switch state {
        case .folder(let path)?: wall.ownFolders.append(path)
        case .database(let url, let password)?:
            if case .file(let path)? = password?.value.source { wall.readable.append(path) }
            // What is wrong with the URL is told by whoever opens the state. This loads the library, too, which is out of
            // reach later.
            if let needs = try? PostgresSettings(url).needs() {
                wall.readable += needs.files.map {
                    FilePath.absolute($0, relativeTo: folders.workingDirectory, home: folders.home)
                }
                return needs.ports.flatMap { ports?.union($0) }
            }
        case nil: break
        }
        return ports
    }

    /// The ports that `--allow-net` names; nil where it opens hosts at any port.
    static func grantedPorts(_ grant: GrantList?) -> Set<UInt16>? {
        guard let grant else { return [] }
        if grant.isAll { return nil }
        var ports: Set<UInt16> = []
        for host in grant.names {
            guard let port = try? HostPattern(parsing: host).port else { return nil }
            ports.insert(port)
        }
        return ports
    }
}
