-- c8.flow: work in steps that are written down, so that a script which is killed and started again goes on where
-- it was.
local _, native, support = ...

local task = require("c8.task")

local error, next, pcall, rawget, setmetatable = error, next, pcall, rawget, setmetatable
local running, take, wait = coroutine.running, native.take, native.wait
local tostring, type = tostring, type
local current, get_tag, enter, exit = native.current, native.tag, native.enter, native.exit
local call, event = native.call, native.event
local bad_argument, expect = support.bad_argument, support.expect

local flow = {}

local flow_methods = {}
local flow_meta = { __name = "c8.flow", __metatable = false, __index = flow_methods }

--- Runs a function as the one that a tag stands for: with all tasks that it spawns, which end with it.
local function within(tag, fn, ...)
  return task.scope(function(...)
    get_tag(tag)
    native.adopt(tag, (current()))
    return fn(...)
  end, ...)
end

local function text_of(problem)
  local ok, text = pcall(tostring, problem)
  return ok and type(text) == "string" and text or "an error without text"
end

local function trace_of(problem)
  local ok, trace = pcall(function()
    return type(problem) == "table" and problem.trace_id or nil
  end)
  return ok and type(trace) == "string" and trace or nil
end

local known_options = { verify = "function", retry = "number", timeout = "number", settle = "number" }

local function check_options(options)
  if options == nil then
    return {}
  end
  if type(options) ~= "table" then
    expect("table", 3, "step", options)
  end
  for name, value in next, options do
    local expected = known_options[name]
    if not expected then
      local problem = "unknown option '" .. text_of(name) .. "'; there are retry, settle, timeout and verify"
      bad_argument(3, "step", problem)
    elseif name == "retry" and type(value) == "table" then
      for key, part in next, value do
        if key ~= "times" and key ~= "delay" or type(part) ~= "number" or part < 0 then
          bad_argument(3, "step", "option retry: a number, or {times = n, delay = seconds} expected")
        end
      end
    elseif type(value) == "number" and not (value >= 0 and value <= 1e9) then
      bad_argument(3, "step", "option " .. name .. ": a number from 0 to 1e9 expected")
    elseif type(value) ~= expected then
      local problem = "option " .. name .. ": " .. expected .. " expected, got " .. type(value)
      bad_argument(3, "step", problem)
    end
  end
  return options
end

--- How often, and after how many seconds at first, a step that failed without writing anything is tried again.
local function patience_of(retry)
  if type(retry) == "table" then
    return retry.times or 3, retry.delay or 1
  end
  return retry or 0, 1
end

--- Like `pcall(within, tag, fn)`, for a function that the present task can run itself: which needs no task of its own
--- unless it leaves some behind.
local function run_here(tag, fn)
  local outer, mark = enter(tag)
  local ok, result = pcall(fn)
  local rest = exit(outer, mark, not ok)
  if rest then
    local waited, problem = pcall(wait, ok and "all" or "ended", nil, { rest })
    if waited then
      waited, problem = pcall(take, rest)
    end
    if ok and not waited then
      ok, result = false, problem
    end
  end
  return ok, result
end

local function run_function(tag, fn, timeout, is_again)
  if timeout then
    return pcall(task.timeout, timeout, within, tag, fn)
  end
  local _, is_main = running()
  if not is_main then
    -- What yields in the function yields to nobody, as everywhere in a step.
    return pcall(within, tag, fn)
  end
  if is_again then
    native.adopt(tag, (current()))
  end
  return run_here(tag, fn)
end

--- Does what the journal's rules say until the step is done, and returns its result.
local function perform(scope, fn, options, action, payload, tag)
  local retries, delay = patience_of(options.retry)
  local problem
  local is_done, is_again = action == "finish", false
  local _ <close> = setmetatable({}, {
    __close = function()
      if not is_done then
        native.leave(tag)
      end
    end,
  })
  while action ~= "finish" do
    if action == "run" then
      local ok, result = run_function(tag, fn, options.timeout, is_again)
      is_again = true
      if ok then
        local told, next_action, next_payload, next_tag = pcall(event, tag, "ended", result)
        if told then
          action, payload, tag = next_action, next_payload, next_tag
        else
          -- A result that cannot be kept: the step has not ended.
          ok, result = false, next_action
        end
      end
      if not ok then
        problem = result
        action, payload, tag = event(tag, "failed", text_of(problem), trace_of(problem))
      end
    elseif action == "fail" then
      if retries <= 0 then
        error(problem, 0)
      end
      retries = retries - 1
      task.sleep(delay * native.random())
      delay = delay * 2
      action, payload, tag = event(tag, "retried")
    elseif action == "settle" then
      if options.verify then
        local known = payload
        local function ask()
          return pcall(task.scope, function()
            get_tag(scope)
            return options.verify(known)
          end)
        end
        local ok, result = ask()
        if ok and result == nil then
          local left = (options.settle or native.settle) - native.since_write(tag)
          if left > 0 then
            task.sleep(left)
            ok, result = ask()
          end
        end
        if ok then
          action, payload, tag = event(tag, "verified", result)
        elseif native.is_cancelled() then
          error(result, 0)
        else
          -- Whether it took place is as unknown as before: the run stops, and the next one asks again.
          action, payload, tag = event(tag, "unverified", text_of(result))
        end
      else
        action, payload, tag = event(tag, "unverified")
      end
    elseif action == "wait" then
      native.sleep_until(payload)
      action, payload, tag = event(tag, "woke")
    elseif action == "stop" then
      native.stop(payload)
    else
      error("a step cannot go on from here: " .. text_of(action), 0)
    end
  end
  is_done = true
  return payload
end

local function scope_of(f, name)
  local handle = type(f) == "table" and rawget(f, flow_meta)
  if not handle then
    support.invalid("calling '" .. name .. "' on a bad self (a flow expected: f:" .. name .. "(…))")
  end
  local tag = get_tag()
  -- A task that was begun outside of the flow has no step around it but the flow itself.
  return tag ~= 0 and native.same_flow(tag, handle) and tag or handle
end

--- Runs `fn` once, over all runs of the flow, and returns what it returned then, as JSON keeps it.
function flow_methods.step(f, name, fn, options)
  local scope = scope_of(f, "step")
  if type(name) ~= "string" then
    expect("string", 1, "step", name)
  end
  if type(fn) ~= "function" then
    expect("function", 2, "step", fn)
  end
  options = check_options(options)
  return perform(scope, fn, options, call(scope, (current()), name))
end

--- Waits until so many seconds after the first time that this was reached, in whatever run.
function flow_methods.sleep(f, seconds)
  local scope = scope_of(f, "sleep")
  if type(seconds) ~= "number" or seconds ~= seconds or seconds < 0 or seconds > 1e9 then
    bad_argument(1, "sleep", "a number of seconds from 0 to 1e9 expected")
  end
  perform(scope, nil, {}, call(scope, (current()), "sleep", seconds))
end

--- A step of the flow whose own function runs, for modules that make one by themselves.
function support.flow_step(name, fn)
  local scope = get_tag()
  return perform(scope, fn, {}, call(scope, (current()), name))
end

--- Runs the flow of that id, or goes on with it; returns what `fn` returned when it first ended.
function flow.run(id, fn, options)
  if type(id) ~= "string" then
    expect("string", 1, "run", id)
  end
  if type(fn) ~= "function" then
    expect("function", 2, "run", fn)
  end
  if options ~= nil and type(options) ~= "table" then
    expect("table", 3, "run", options)
  end
  local has_ended, tag, input = native.open(id, options and options.wait)
  if has_ended then
    return tag
  end
  local f = setmetatable({ [flow_meta] = tag, id = id, input = input }, flow_meta)
  local ok, result = pcall(within, tag, fn, f)
  if ok then
    ok, result = pcall(native.finish, tag, result)
  end
  if not ok then
    native.fail(tag, text_of(result))
    error(result, 0)
  end
  return result
end

return flow
