/// What the queue's commands say.
enum QueueMessage: MessageKey {
    case present, presentSchedule, missingModule, noJobs, noSchedules, cancelled, asked, scheduleEnded, retried, pruned
    case next, nextGrant, nextWrite, waitsForTime, waitsForTag, waitsForWorker, waitsForApplication

    var message: Message {
        switch self {
        case .present:
            Message(
                "job \"{id}\" is in the queue already ({state}): nothing was added", "作业 \"{id}\" 已在队列中（{state}）：未添加")
        case .presentSchedule:
            Message(
                "schedule \"{id}\" is there already: nothing was changed", "定时作业 \"{id}\" 已存在：未作改动")
        case .missingModule:
            Message(
                "{module} is no module of c8run and no file below the script's folder: the job will fail where it requires it",
                "{module} 既不是 c8run 的模块，也不是脚本目录下的文件：作业运行到该处 require 时会失败")
        case .noJobs: Message("no jobs", "没有作业")
        case .noSchedules: Message("no schedules", "没有定时作业")
        case .cancelled: Message("cancelled", "已取消")
        case .asked:
            Message(
                "its worker was asked to end it: c8run queue show {id}", "已请求其 worker 结束它：c8run queue show {id}")
        case .scheduleEnded: Message("the schedule has ended", "定时作业已结束")
        case .retried: Message("it waits for a worker again", "它重新等待 worker 领取")
        case .pruned: Message("{count} jobs removed", "已删除 {count} 个作业")
        case .next: Message("c8run queue retry {id} puts it back", "c8run queue retry {id} 可将其放回队列")
        case .nextGrant:
            Message(
                "start a worker that may do it, or submit the job again with the grant; c8run queue retry {id} puts it back",
                "请启动具有该权限的 worker，或带上该权限重新提交作业；c8run queue retry {id} 可将其放回队列")
        case .nextWrite:
            Message(
                "find out whether its write took place; c8run queue retry --even-if-written {id} runs it again",
                "请核实其写操作是否已执行；c8run queue retry --even-if-written {id} 会再次运行它")
        case .waitsForTime: Message("until {time}", "直到 {time}")
        case .waitsForTag:
            Message("for a worker with --tag {tag}", "等待带 --tag {tag} 的 worker")
        case .waitsForWorker: Message("for a worker: c8run worker", "等待 worker：c8run worker")
        case .waitsForApplication:
            Message(
                "for a worker of its application (profile {profile})", "等待其应用的 worker（profile {profile}）")
        }
    }
}
