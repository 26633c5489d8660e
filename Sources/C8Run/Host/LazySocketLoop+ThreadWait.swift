package import C8HTTP
import LuaRuntime

/// A script's thread serves the sockets of its own requests while it waits for their answers.
extension LazySocketLoop: ThreadWait {}
