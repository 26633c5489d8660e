---@meta c8.task

---@class c8.task
local task = {}

--- A function of the script that runs while others wait. It ends when it and all tasks that it spawned have ended.
---@class c8.Task
local Task = {}

--- Waits for the end of the task, and returns what its function returned, or raises its error.
---@return any ...
function Task:await() end

--- Asks the task to end: what it waits for raises an error of kind `cancelled`.
function Task:cancel() end

--- Begins a task. The script waits for it at its end.
---@param fn function
---@param ... any
---@return c8.Task
function task.spawn(fn, ...) end

--- The same as `t:cancel()`.
---@param t c8.Task
function task.cancel(t) end

--- Waits for all; functions are spawned. The first error cancels the others and is raised.
---@param list (c8.Task|function)[]
---@return any[] values what each has returned first
function task.all(list) end

--- Waits for the first to end, and cancels the others; functions are spawned.
---@param list (c8.Task|function)[]
---@return any ...
function task.race(list) end

---@class (exact) c8.task.EachOptions
---@field concurrency integer|nil calls at a time; 8 if not said

--- Calls a function with what an iterator gives, until that is nil, a bounded number of calls at a time.
---@param iterator function|any[] a list gives each value with its index
---@param options c8.task.EachOptions|nil
---@param fn function
---@return integer calls
---@overload fun(iterator: function|any[], fn: function): integer
function task.each(iterator, options, fn) end

--- Runs a function, and waits for every task that it spawns.
---@param fn function
---@param ... any
---@return any ...
function task.scope(fn, ...) end

--- Runs a function, and cancels it when it takes longer: an error of kind `timeout`, with the `position` of a loop.
---@param seconds number
---@param fn function
---@param ... any
---@return any ...
function task.timeout(seconds, fn, ...) end

--- Waits for so many seconds, while other tasks run.
---@param seconds number
function task.sleep(seconds) end

return task
