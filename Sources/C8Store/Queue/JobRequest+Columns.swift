import C8Platform
import C8Queue

extension JobRequest {
    /// The arguments as JSON text.
    var argumentsText: String {
        "[" + arguments.map(JSONSerializer.quoted).joined(separator: ",") + "]"
    }
}
