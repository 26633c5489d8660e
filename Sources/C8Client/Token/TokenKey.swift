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

    /// The key of an application, however its platform's address is spelt.
    package static func application(baseURL: String, accessKey: String) -> TokenKey {
        TokenKey(baseURL: BaseAddress.canonical(baseURL), accessKey: accessKey)
    }
}
