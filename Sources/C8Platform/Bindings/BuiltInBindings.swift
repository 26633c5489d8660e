import OrderedCollections

/// The bindings that need no file: what is documented publicly, and what was observed in public clients.
///
/// Nothing else is known of the platform's operations, and nothing is invented: all others come from the integrator.
package enum BuiltInBindings {
    static let getTokenID: OperationID = "auth.get_token"

    /// The built-in bindings, made when first used.
    package static let standard: BindingSet = {
        // Both paths are constants that a test resolves; were one refused, the set would lack that operation.
        BindingSet([try? getToken(), try? motulCodeExists()].compactMap { $0 }, tokenRefusals: .builtIn)
    }()

    /// Documented on the page 获取 AccessToken.
    private static func getToken() throws(PathProblem) -> Binding {
        let meanings = PlatformCode.ofGetToken.compactMap { code in
            code.documentedMeaning.map { (code.rawValue, $0) }
        }
        return Binding(
            id: getTokenID, method: .post, path: try PathTemplate("/cncop/ca/v1/applications/get-token"),
            // Allowed once a minute, so a repetition would be refused.
            effect: .write,
            request: [
                "accessKey": FieldSchema(
                    type: .string, required: true, description: "应用Key", example: "eb5e78cca74647aa8dea4cb7d1cbb2f0"),
                "secretKeySign": FieldSchema(
                    type: .string, required: true,
                    description: "应用秘钥的MD5签名。应用秘钥使用MD5生成32位小写签名。",
                    example: "f74d33728c81902d9e2730235d156764"),
            ],
            response: [
                "accessToken": FieldSchema(type: .string, required: true, description: "访问TOKEN"),
                "tokenTtl": FieldSchema(type: .string, description: "TOKEN有效时长,ISO-8601格式", example: "PT8H"),
                "tokenTtlSeconds": FieldSchema(type: .integer, description: "TOKEN有效时长, 单位:秒", example: 28800),
            ],
            errors: Dictionary(meanings, uniquingKeysWith: { first, _ in first }),
            source: "获取 AccessToken")
    }

    /// Observed in public clients of the platform, not documented: treat as a hint. The host there was a
    /// customer's own.
    private static func motulCodeExists() throws(PathProblem) -> Binding {
        Binding(
            id: "codes.motul.exists", method: .post, path: try PathTemplate("/customer/mote/open/api/v1/codeQuery"),
            effect: .read,
            request: [
                "searchCode": FieldSchema(type: .string, required: true, description: "The code to look for"),
                "queryType": FieldSchema(type: .integer, description: "Observed with the value 2", example: 2),
            ],
            source: "摩特项目-查询32位码是否存在接口 (observed in public clients, not documented)")
    }
}
