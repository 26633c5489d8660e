-- c8.task: functions of one script that wait at the same time. A task ends when its function has ended and every task
-- that it spawned has; the script itself is such a task.
local _, native, support = ...

local error, next, pcall, rawequal = error, next, pcall, rawequal
local setmetatable, type = setmetatable, type
local floor, pack, unpack = math.floor, table.pack, table.unpack
local wait, status, take = native.wait, native.status, native.take
local is_callable, bad_argument, expect = support.is_callable, support.bad_argument, support.expect

--- By task: its number, what its function returned, and the error that it ended with, in a table of its own.
local numbers = setmetatable({}, { __mode = "k" })
local returned = setmetatable({}, { __mode = "k" })
local failures = setmetatable({}, { __mode = "k" })

local task = {}

--- Waits for so many seconds, while other tasks run; with 0, until they wait.
function task.sleep(seconds)
  if seconds == 0 then
    return native.pause()
  end
  return native.sleep(seconds)
end

local task_meta = { __name = "c8.task", __metatable = false, __index = {} }

--- Begins a task that calls `fn` with the rest of the arguments. It runs while others wait.
function task.spawn(fn, ...)
  if not is_callable(fn) then
    expect("function", 1, "spawn", fn)
  end
  local arguments = pack(...)
  local handle = setmetatable({}, task_meta)
  numbers[handle] = native.spawn(function()
    returned[handle] = pack(fn(unpack(arguments, 1, arguments.n)))
  end)
  return handle
end

local spawn = task.spawn

--- Notes the failure of a task that has ended as its own, so that nobody else is told of it. True where there is one.
local function has_failed(handle)
  if failures[handle] then
    return true
  end
  local ok, problem = pcall(take, numbers[handle])
  if not ok then
    failures[handle] = { problem }
  end
  return not ok
end

--- What a task that has ended came to.
local function outcome(handle)
  if has_failed(handle) then
    error(failures[handle][1], 0)
  end
  local values = returned[handle]
  return unpack(values, 1, values.n)
end

local function check(handle, position, name)
  if not numbers[handle] then
    expect("task", position, name, handle)
  end
  return numbers[handle]
end

--- Waits for the task's end and returns what its function returned, or raises its error.
function task_meta.__index.await(handle)
  wait("all", nil, { check(handle, 1, "await") })
  return outcome(handle)
end

--- Asks the task to end: what it waits for raises an error of kind `cancelled`, now and from now on.
function task_meta.__index.cancel(handle)
  native.cancel(check(handle, 1, "cancel"))
end

--- `local t <close> = task.spawn(…)`: the task does not outlive the block.
function task_meta.__close(handle)
  native.cancel(numbers[handle])
  wait("ended", nil, { numbers[handle] })
  has_failed(handle)
end

task.cancel = task_meta.__index.cancel

local function numbers_of(handles)
  local list = {}
  for i = 1, #handles do
    list[i] = numbers[handles[i]]
  end
  return list
end

--- Cancels tasks, waits for their ends, and keeps their errors from whoever ends later.
local function abandon(handles)
  for i = 1, #handles do
    native.cancel(numbers[handles[i]])
  end
  wait("ended", nil, numbers_of(handles))
  for i = 1, #handles do
    has_failed(handles[i])
  end
end

--- The tasks of a list, which may hold functions: those are spawned.
local function tasks_of(list, name)
  if type(list) ~= "table" then
    expect("table", 1, name, list)
  end
  local handles = {}
  for i = 1, #list do
    local item = list[i]
    if not numbers[item] and not is_callable(item) then
      abandon(handles)
      bad_argument(1, name, "item " .. i .. " is neither a task nor a function")
    end
    handles[i] = numbers[item] and item or spawn(item)
  end
  return handles
end

--- Waits for all tasks of a list. Returns what each has returned first, in the order of the list; the first error
--- cancels the others and is raised.
function task.all(list)
  local handles = tasks_of(list, "all")
  local ok, problem = pcall(wait, "success", nil, numbers_of(handles))
  if not ok then
    abandon(handles)
    error(problem, 0)
  end
  for i = 1, #handles do
    if status(numbers[handles[i]]) == "failed" or failures[handles[i]] then
      abandon(handles)
      return outcome(handles[i])
    end
  end
  local values = {}
  for i = 1, #handles do
    values[i] = outcome(handles[i])
  end
  return values
end

--- Waits for the first task of a list to end, cancels the others, and returns what it returned, or raises its error.
function task.race(list)
  local handles = tasks_of(list, "race")
  if #handles == 0 then
    bad_argument(1, "race", "at least one task expected")
  end
  local ok, problem = pcall(wait, "any", nil, numbers_of(handles))
  if not ok then
    abandon(handles)
    error(problem, 0)
  end
  local first
  for i = 1, #handles do
    if not first and status(numbers[handles[i]]) ~= "running" then
      first = handles[i]
    end
  end
  has_failed(first)
  abandon(handles)
  return outcome(first)
end

--- Runs a function of its own as a task and waits for it, and so for every task that it spawns.
function task.scope(fn, ...)
  return spawn(fn, ...):await()
end

--- Calls `fn` with the rest of the arguments, and cancels it when it takes longer than so many seconds. Raises an error
--- of kind `timeout` then, unless it came to something all the same. What waits for nothing is ended by the host.
function task.timeout(seconds, fn, ...)
  native.time_out(seconds, false)
  if not is_callable(fn) then
    expect("function", 2, "timeout", fn)
  end
  local handle = spawn(fn, ...)
  local number = { numbers[handle] }
  local ok, done = pcall(wait, "all", seconds, number)
  if not ok then
    abandon({ handle })
    error(done, 0)
  end
  if not done then
    abandon({ handle })
    local failure = failures[handle] and failures[handle][1]
    if type(failure) == "table" and failure.kind == "cancelled" then
      -- Where whoever waits is over its own time, that is what is to be told, by whoever bounds it.
      if native.is_cancelled() then
        error(failure, 0)
      end
      native.time_out(seconds, true, failure.position)
    end
  end
  return outcome(handle)
end

--- What gives the next item: a function, a callable, or a list, which gives each value with its index.
local function iterator_of(source)
  if type(source) ~= "table" or is_callable(source) then
    return source
  end
  local index = 0
  return function()
    index = index + 1
    return source[index], index
  end
end

--- Takes away the tasks that have ended. Raises the error of one that failed.
local function reap(handles)
  local kept = 0
  for i = 1, #handles do
    local handle = handles[i]
    handles[i] = nil
    if status(numbers[handle]) == "running" then
      kept = kept + 1
      handles[kept] = handle
    elseif has_failed(handle) then
      for rest = i + 1, #handles do
        kept = kept + 1
        handles[kept] = handles[rest]
      end
      error(failures[handle][1], 0)
    end
  end
end

--- Calls `fn` with what the iterator gives, until that is nil, at most `concurrency` calls (8 if not said) at a time.
--- The first error cancels the others and is raised. Returns how many calls there were.
function task.each(iterator, options, fn)
  if fn == nil and is_callable(options) then
    options, fn = nil, options
  end
  if type(iterator) ~= "table" and not is_callable(iterator) then
    expect("function", 1, "each", iterator)
  end
  if options ~= nil and type(options) ~= "table" then
    expect("table", 2, "each", options)
  end
  if not is_callable(fn) then
    expect("function", 3, "each", fn)
  end
  for name in next, options or {} do
    if name ~= "concurrency" then
      bad_argument(2, "each", "its option is: concurrency")
    end
  end
  local concurrency = options and options.concurrency
  if rawequal(concurrency, nil) then
    concurrency = 8
  elseif type(concurrency) ~= "number" or concurrency < 1 or floor(concurrency) ~= concurrency then
    bad_argument(2, "each", "concurrency must be a whole number from 1")
  end
  local next_item = iterator_of(iterator)
  local running, count = {}, 0
  local function finish_some(most)
    while #running > most do
      wait("any", nil, numbers_of(running))
      reap(running)
    end
  end
  local ok, problem = pcall(function()
    while true do
      local item = pack(next_item())
      if item[1] == nil then
        break
      end
      count = count + 1
      running[#running + 1] = spawn(fn, unpack(item, 1, item.n))
      finish_some(concurrency - 1)
    end
    finish_some(0)
  end)
  if not ok then
    abandon(running)
    error(problem, 0)
  end
  return count
end

return task
