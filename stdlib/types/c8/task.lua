---@meta c8.task

---@class c8.task
local task = {}

--- Suspends the calling coroutine.
---@async
---@param seconds number
function task.sleep(seconds) end

return task
