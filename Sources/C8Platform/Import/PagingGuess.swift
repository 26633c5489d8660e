import OrderedCollections

/// Finds the four fields of a paged list by the names that they usually have.
enum PagingGuess {
    static func paging(_ page: PageAnalysis) -> JSONValue? {
        func find(_ names: [String], _ fields: [FieldDraft], array: Bool = false) -> String? {
            for name in names {
                if let field = fields.first(where: { $0.name.lowercased() == name.lowercased() }),
                    !array || field.type.type == .array
                {
                    return field.name
                }
            }
            return nil
        }
        let request = page.request.fields
        let response = page.response.fields
        guard
            let number = find(
                ["pageNum", "pageNo", "pageNumber", "pageIndex", "currentPage", "current", "page"], request),
            let size = find(["pageSize", "size", "limit", "rows", "perPage"], request),
            let items = find(
                ["records", "list", "rows", "items", "content", "dataList", "data", "result"], response, array: true),
            let total = find(["total", "totalCount", "totalNum", "totalElements", "totalSize", "count"], response)
        else { return nil }
        return ["page": .string(number), "size": .string(size), "items": .string(items), "total": .string(total)]
    }
}
