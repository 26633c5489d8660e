import Glibc
import NIOSSL

/// Whose certificates are believed: those that this machine keeps, or the ones that `SSL_CERT_FILE` and `SSL_CERT_DIR` name in
/// their place, as OpenSSL has it. NIOSSL itself knows nothing of these variables (2.37.6, `LinuxCABundle.swift`).
package struct TrustedAuthorities: Sendable, Hashable {
    /// The variables' names.
    package static let fileVariable = "SSL_CERT_FILE"
    package static let folderVariable = "SSL_CERT_DIR"

    /// Where distributions keep them; the first that is there.
    private static let usualFiles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]
    private static let usualFolders = ["/etc/ssl/certs"]

    /// A file of certificates (PEM); nil for the machine's own.
    package var file: String?
    /// A folder of certificates, named by their hashes as `openssl rehash` does; nil for the machine's own.
    package var folder: String?

    /// Without arguments, those of this machine.
    package init(file: String? = nil, folder: String? = nil) {
        self.file = file
        self.folder = folder
    }

    /// Those of this process's environment, which counts for nothing in a program with more rights than its caller.
    package static var ofTheEnvironment: TrustedAuthorities {
        guard getuid() == geteuid(), getgid() == getegid() else { return TrustedAuthorities() }
        func value(_ name: String) -> String? {
            guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { return nil }
            return text
        }
        return TrustedAuthorities(file: value(fileVariable), folder: value(folderVariable))
    }

    /// Why those that are named cannot be had; nil where they can.
    var problem: String? {
        for (variable, path) in [(Self.fileVariable, file), (Self.folderVariable, folder)] {
            if let path, access(path, R_OK) != 0 {
                return
                    "the certificates of authorities cannot be read: \(variable) names \(path) (\(String(cString: strerror(errno))))"
            }
        }
        return nil
    }

    /// What NIOSSL is to be told; nil where its own choice is the right one.
    var configuration: TLSConfiguration? {
        guard file != nil || folder != nil else { return nil }
        func existing(_ paths: [String]) -> String? { paths.first { access($0, F_OK) == 0 } }
        var configuration = TLSConfiguration.makeClientConfiguration()
        // The folder first: additional roots are read as files alone.
        let places = [folder ?? existing(Self.usualFolders), file ?? existing(Self.usualFiles)].compactMap(\.self)
        configuration.trustRoots = places.first.map { .file($0) }
        configuration.additionalTrustRoots = places.dropFirst().map { .file($0) }
        return configuration
    }
}
