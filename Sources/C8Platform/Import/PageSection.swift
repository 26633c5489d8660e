/// What a part of a page is about, by the words above it.
enum PageSection: Sendable, Hashable {
    case unknown
    case headers
    case path
    case request
    case response
    case codes

    /// Nil where the words say nothing of it.
    init?(_ text: String) {
        let key = CellText.key(text)
        guard key.count <= 60 else { return nil }
        func has(_ words: [String]) -> Bool { words.contains { key.contains($0) } }
        if has(["错误码", "错误代码", "返回码", "状态码说明", "errorcode"]) {
            self = .codes
        } else if has(["响应头", "请求头", "header"]), !has(["参数说明", "响应体", "请求体"]) {
            self = .headers
        } else if has(["响应", "返回", "出参", "输出参数", "response", "data说明", "data参数"]) {
            self = .response
        } else if has(["路径参数", "path参数", "pathparam"]) {
            self = .path
        } else if has(["请求", "入参", "输入参数", "查询参数", "query", "body", "request", "参数说明", "参数列表", "表单"]) {
            self = .request
        } else {
            return nil
        }
    }
}
