import C8Sandbox

/// Grants that bound those of scripts: what a script touches must be granted by both.
///
/// Asked about what is really opened and dialled, so that no link, no name and no address leads past it. Made once for all
/// scripts of a host: the granted files and folders are held open from then on.
package struct GrantCeiling: Sendable {
    let files: FileDoor
    let network: NetworkGrants
    let policy: SandboxPolicy

    /// - Throws: ``ScriptError`` of kind `config` where a host is none.
    package init(_ grants: ScriptHost.Grants) throws(ScriptError) {
        files = FileDoor(grants: grants.fileGrants)
        network = try grants.networkGrants
        policy = grants.policy
    }
}
