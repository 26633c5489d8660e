import Crypto

/// Whose token: one application on one host. Different applications or hosts never share a record.
package struct TokenKey: Sendable, Hashable {
    /// Hex digits; neither host nor key can be read from it.
    package let text: String

    package init(baseURL: String, accessKey: String) {
        var hash = SHA256()
        hash.update(data: Array(baseURL.utf8))
        hash.update(data: [0])
        hash.update(data: Array(accessKey.utf8))
        text = Hexadecimal.text(hash.finalize())
    }

    /// The same for every spelling of the address.
    package init(anyBaseURL baseURL: String, accessKey: String) {
        self.init(baseURL: BaseAddress.canonical(baseURL), accessKey: accessKey)
    }
}
