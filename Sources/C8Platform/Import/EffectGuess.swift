/// Guesses from a method and a title whether a call may be repeated. A wrong `read` could do something twice, so what
/// might change anything is a write.
enum EffectGuess {
    static func effect(of entry: CatalogueEntry, method: HTTPMethod) -> Effect {
        if let known = BuiltInBindings.standard[entry.id] { return known.effect }
        let title = entry.title
        if changes.contains(where: { title.contains($0) }) { return .write }
        if method == .get { return .read }
        return method == .post && reads.contains { title.contains($0) } ? .read : .write
    }

    private static let reads = ["查询", "获取", "列表", "详情", "统计", "明细", "报表", "检查", "汇总", "互查", "下载", "查"]

    private static let changes = [
        "新增", "修改", "删除", "上传", "同步", "创建", "保存", "替换", "完成", "取消", "绑定", "更新", "重置", "启用", "禁用", "发放", "提取库存", "采购",
        "充值", "授权", "抽奖", "下单", "确认", "登录", "注册", "组合", "审核", "扫码接口", "拉取",
    ]
}
