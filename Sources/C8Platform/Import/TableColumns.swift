/// Which column of a table says what.
struct TableColumns: Sendable {
    var name: Int?
    var type: Int?
    var required: Int?
    var example: Int?
    var description: Int?
    var code: Int?

    /// By the heads of the columns, in any order and of any width.
    init(_ heads: [String]) {
        let keys = heads.map { CellText.key($0) }
        func column(_ words: [String]) -> Int? {
            for word in words {
                if let index = keys.firstIndex(of: word) { return index }
            }
            return nil
        }
        type = column(["类型", "参数类型", "字段类型", "数据类型", "type", "datatype", "格式"])
        required = column([
            "是否必填", "必填", "必选", "是否必须", "必须", "是否必需", "必需", "是否必传", "必传", "是否必选", "required", "require",
            "mandatory", "是否可空",
        ])
        isRequiredInverted = required.map { keys[$0] == "是否可空" } ?? false
        example = column(["示例", "示例值", "样例", "例子", "举例", "参数示例", "example", "sample", "参考值"])
        name = column([
            "参数名", "参数名称", "字段", "字段名", "字段名称", "属性", "属性名", "变量名", "参数", "名称", "name", "field", "param",
            "parameter", "key", "英文名", "键",
        ])
        description = column([
            "说明", "描述", "备注", "含义", "解释", "参数说明", "字段说明", "字段描述", "参数描述", "注释", "description", "desc", "remark",
            "comment", "中文名", "中文名称", "中文说明", "名称", "字段含义",
        ])
        if description == name { description = nil }
        code = column(["错误码", "错误代码", "返回码", "状态码", "编码", "代码", "code", "errorcode", "错误编码", "值", "枚举值"])
        if code != nil, description == nil || description == code {
            description = column(["错误信息", "错误描述", "信息", "message", "msg", "含义", "说明", "描述", "名称", "错误说明", "原因"])
        }
    }

    /// The required column asks whether the field may be left out.
    private(set) var isRequiredInverted = false

    /// A table of fields.
    var describesFields: Bool { name != nil && (type != nil || required != nil) }

    /// A table of codes and their meanings.
    var describesCodes: Bool { code != nil && description != nil && type == nil && required == nil }

    /// Nil where the text is neither yes nor no.
    func isRequired(_ text: String) -> Bool? {
        let key = CellText.key(text)
        if Self.yes.contains(key) { return !isRequiredInverted }
        if Self.no.contains(key) { return isRequiredInverted }
        return nil
    }

    private static let yes: Set<String> = [
        "是", "y", "yes", "true", "必填", "必须", "必选", "必传", "必需", "1", "√", "✓", "✔", "m", "required",
    ]
    private static let no: Set<String> = [
        "否", "n", "no", "false", "可选", "选填", "非必填", "非必须", "非必选", "非必传", "0", "", "-", "/", "×", "o", "optional", "不必填",
        "不必须", "可空",
    ]
}
