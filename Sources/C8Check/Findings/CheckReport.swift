/// What came of checking one script.
package struct CheckReport: Sendable {
    /// By their places.
    package var findings: [CheckFinding]
    /// What the script needs to be granted.
    package var grants: GrantNeeds
}
