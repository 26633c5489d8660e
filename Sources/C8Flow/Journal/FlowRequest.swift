/// What a script asks for when it runs a flow.
package struct FlowRequest: Sendable, Equatable {
    package var id: FlowID
    /// The script's name, for people.
    package var script: String
    /// SHA-256 of the script, in hexadecimal digits.
    package var scriptHash: String
    /// JSON text; at most ``FlowLimits/textBytes``.
    package var input: String?
    package var owner: FlowOwner

    package init(id: FlowID, script: String, scriptHash: String, input: String?, owner: FlowOwner) {
        self.id = id
        self.script = script
        self.scriptHash = scriptHash
        self.input = input
        self.owner = owner
    }

    /// Whether a flow of that input is the one meant: byte for byte, since what the steps did was done for that input.
    package func hasInput(_ other: String?) -> Bool {
        switch (input, other) {
        case (nil, nil): true
        case (let input?, let other?): input.utf8.elementsEqual(other.utf8)
        default: false
        }
    }
}
