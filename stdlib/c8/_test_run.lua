-- Runs the tests of one file, one after another: what surrounds each, its time, and what it leaves behind.
local native, suite, doubles = ...

local debug_traceback, error, ipairs, next, pcall = debug.traceback, error, ipairs, next, pcall
local select, setmetatable, tostring, type, xpcall = select, setmetatable, tostring, type, xpcall
local format, match = string.format, string.match
local concat, sort = table.concat, table.sort
local task = require("c8.task")

-- ---- what is running --------------------------------------------------------------------------------------------

--- Where the tasks that have not ended were begun, by a table for each.
local open_tasks = {}
local spawn = task.spawn

local function where()
  local _, problem = pcall(native.fail, "")
  return match(type(problem) == "table" and problem.where or "", "^(.-): $") or "?"
end

--- Tests that leave tasks behind are told where those began.
function task.spawn(fn, ...)
  if type(fn) ~= "function" then
    return spawn(fn, ...)
  end
  local mark = {}
  open_tasks[mark] = where()
  local _ <close> = setmetatable({}, { __close = function(_, problem)
    if problem ~= nil then
      open_tasks[mark] = nil
    end
  end })
  return spawn(function(...)
    local _ <close> = setmetatable({}, { __close = function()
      open_tasks[mark] = nil
    end })
    return fn(...)
  end, ...)
end

local function left_behind(count)
  local places = {}
  for _, place in next, open_tasks do
    places[#places + 1] = place
  end
  sort(places)
  local text = count == 1 and "a task was still running" or count .. " tasks were still running"
  local begun = #places > 0 and " (begun at " .. concat(places, ", ") .. ")" or ""
  return text .. " at the end of the test" .. begun .. ": await or cancel it"
end

-- ---- one attempt -------------------------------------------------------------------------------------------------

--- An error as the report has it: its text, where it was raised, and the script's lines on the way there.
local function described(problem, trace)
  local message, place
  if type(problem) == "table" and type(problem.message) == "string" then
    message = problem.message
    place = type(problem.where) == "string" and match(problem.where, "^(.-:%d+): $") or nil
  else
    local ok, text = pcall(tostring, problem)
    message = ok and text or "an error without text"
    local at, rest = match(message, "^([^\n]-:%d+): (.*)$")
    if at then
      place, message = at, rest
    end
  end
  local details = type(problem) == "table" and problem or {}
  return {
    message = message, where = place, traceback = trace,
    kind = type(details.kind) == "string" and details.kind or nil,
    operation = type(details.operation) == "string" and details.operation or nil,
    trace_id = type(details.trace_id) == "string" and details.trace_id or nil,
    outcome = type(details.outcome) == "string" and details.outcome or nil,
  }
end

--- Calls a function as a task, until its time is over. Returns nil, or what went wrong.
local function attempt(fn, timeout)
  local problem, trace
  local has_failed = false
  native.guard(timeout)
  local work = native.spawn(function()
    local ok, raised = xpcall(fn, function(raised)
      trace = debug_traceback("", 2)
      return raised
    end)
    local left = native.children()
    if ok and left > 0 then
      ok, raised, trace = false, { message = left_behind(left), kind = "leak" }, nil
    end
    if not ok then
      has_failed, problem = true, raised
      -- Ends what it has spawned.
      error(raised, 0)
    end
  end)
  local watch = native.spawn(function()
    native.deadline(timeout)
  end)
  native.wait("any", nil, { work, watch })
  local is_late = native.status(work) == "running"
  if is_late then
    native.cancel(work)
  end
  native.wait("ended", nil, { work })
  native.cancel(watch)
  native.wait("ended", nil, { watch })
  native.guard()
  pcall(native.take, watch)
  local ok, raised = pcall(native.take, work)
  for mark in next, open_tasks do
    open_tasks[mark] = nil
  end
  if is_late then
    -- Its last words tell where it was when it was told to end.
    return { message = format("took longer than %g s", timeout), kind = "timeout", traceback = trace }
  elseif has_failed then
    return described(problem, trace)
  elseif not ok then
    return described(raised, nil)
  end
  return nil
end

local function call_all(hooks)
  for _, hook in ipairs(hooks) do
    hook()
  end
end

-- ---- the tree ----------------------------------------------------------------------------------------------------

--- Blocks from the outermost to the one that a node stands in.
local function blocks_of(node)
  local blocks, block = {}, node.parent
  while block do
    table.insert(blocks, 1, block)
    block = block.parent
  end
  return blocks
end

local function any(node, holds)
  if holds(node) then
    return true
  end
  for _, child in ipairs(node.children or {}) do
    if any(child, holds) then
      return true
    end
  end
  return false
end

local function is_only(node)
  return node.mode == "only"
end

local function shuffle(node)
  local order, children = native.order(#node.children), node.children
  node.children = {}
  for index, place in ipairs(order) do
    node.children[index] = children[place]
    if children[place].children then
      shuffle(children[place])
    end
  end
end

--- All tests in the order in which they will run, each with its names from the outside in and what is asked of it.
local function list_of(node, names, mode, has_only, list)
  for _, child in ipairs(node.children) do
    local path = table.move(names, 1, #names, 1, {})
    path[#path + 1] = child.name
    local own = mode
    if child.mode == "skip" or child.mode == "todo" then
      own = child.mode
    elseif child.mode == "only" and own == "left" then
      own = nil
    end
    if child.is_test then
      list[#list + 1] = child
      child.index = #list
      child.path = path
      child.asked = own
    else
      -- Within a block that is meant alone, all are meant, unless one of them says so itself.
      local inner = own
      if has_only and child.mode == "only" and any({ children = child.children }, is_only) then
        inner = own or "left"
      end
      list_of(child, path, inner, has_only, list)
    end
  end
  return list
end

local run_block

local function run_test(test, failure_above)
  local mark = doubles.mark()
  native.begin(test.index)
  local failure = failure_above
  if not failure then
    local blocks = blocks_of(test)
    local timeout = test.timeout or native.timeout
    failure = attempt(function()
      for _, block in ipairs(blocks) do
        call_all(block.before_each)
      end
      test.fn()
    end, timeout)
    local after = attempt(function()
      for index = #blocks, 1, -1 do
        call_all(blocks[index].after_each)
      end
    end, timeout)
    failure = failure or after
  end
  doubles.restore(mark)
  native.finish(test.index, failure)
end

local function is_wanted(node)
  return node.verdict == "run"
end

function run_block(block, failure)
  if not any(block, is_wanted) then
    return
  end
  local mark = doubles.mark()
  native.push()
  local is_entered = not failure
  if is_entered and #block.before_all > 0 then
    failure = attempt(function()
      call_all(block.before_all)
    end, native.timeout)
  end
  for _, child in ipairs(block.children) do
    if child.children then
      run_block(child, failure)
    elseif child.verdict == "run" and not native.has_ended() then
      run_test(child, failure)
    end
  end
  if is_entered and #block.after_all > 0 then
    local problem = attempt(function()
      call_all(block.after_all)
    end, native.timeout)
    if problem then
      native.broke(block.name or "the file", problem)
    end
  end
  native.pop()
  doubles.restore(mark)
end

--- The file's own chunk tells its tests, then they run.
return function(chunk, ...)
  chunk(...)
  suite.close()
  local root = suite.root
  if native.is_shuffled then
    shuffle(root)
  end
  local has_only = any(root, is_only)
  local tests = list_of(root, {}, has_only and "left" or nil, has_only, {})
  local plan = {}
  for index, test in ipairs(tests) do
    plan[index] = { path = test.path, asked = test.asked, where = test.where }
  end
  for index, verdict in ipairs(native.plan(plan)) do
    tests[index].verdict = verdict
  end
  run_block(root)
  native.done()
  return select("#", ...)
end
