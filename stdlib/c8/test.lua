-- c8.test: tests of scripts, on an emulator that does what a test says. There under `c8run test` alone.
local _, native = ...

local error, ipairs, pairs, pcall, rawequal, require = error, ipairs, pairs, pcall, rawequal, require
local setmetatable, type = setmetatable, type
local floor = math.floor
local real_time, real_date = os.time, os.date
--- The file's own, which a test's clock changes.
local script_os

local text = native.load("c8/_test_show.lua")(native)
native.show = text.show
local doubles = native.load("c8/_test_doubles.lua")(native)
local suite = native.load("c8/_test_suite.lua")(native)
local run_file = native.load("c8/_test_run.lua")(native, suite, doubles)

local test = {
  describe = suite.describe, it = suite.it, each = suite.each,
  before_each = suite.before_each, after_each = suite.after_each,
  before_all = suite.before_all, after_all = suite.after_all,
  spy = doubles.spy, stub = doubles.stub,
  expect = native.load("c8/_test_expect.lua")(native, text),
  run_file = function(os, ...)
    script_os = os
    return run_file(...)
  end,
}

--- Makes methods of host functions that are called with a dot or with a colon.
local function with_methods(object, functions)
  for name, fn in pairs(functions) do
    if type(fn) == "function" then
      object[name] = function(first, ...)
        if rawequal(first, object) then
          return fn(...)
        end
        return fn(first, ...)
      end
    else
      object[name] = fn
    end
  end
  return object
end

local function check_options(options, name)
  if options ~= nil and type(options) ~= "table" then
    native.misuse(name .. " wants a table of options")
  end
  return options or {}
end

--- Starts an emulator that `c8` talks to until the test ends; in before_all, until the block ends.
function test.emulator(options)
  return with_methods({}, native.emulator(check_options(options, "test.emulator")))
end

--- A folder that the test may read and write, removed after it.
function test.temp_dir()
  return native.temp_dir()
end

--- Runs a script file as c8run would, against the test's emulator: → {exit, stdout, stderr, error}.
function test.run(path, options)
  if type(path) ~= "string" then
    native.misuse("test.run wants the path of a script")
  end
  return native.run(path, check_options(options, "test.run"))
end

local function now()
  return floor(native.clock_now())
end

--- From now on the test's own time: it stands still until it is advanced, or with `auto` until all tasks wait for it.
function test.clock(options)
  options = check_options(options, "test.clock")
  local start = options.now
  if type(start) == "string" then
    start = require("c8.time").parse(start)
  elseif start ~= nil and type(start) ~= "number" then
    native.misuse("now wants a time such as \"2026-01-01T00:00:00Z\", or seconds since 1970")
  end
  native.clock_set(start, options.auto and true or false)
  doubles.stub(script_os, "time", function(parts)
    return parts == nil and now() or real_time(parts)
  end)
  doubles.stub(script_os, "date", function(format, time)
    return real_date(format, time or now())
  end)
  return with_methods({}, {
    now = native.clock_now,
    --- Lets so many seconds pass: whoever waits for a moment within them goes on at that moment.
    advance = function(seconds)
      if type(seconds) ~= "number" or not (seconds >= 0 and seconds <= 1e10) then
        native.misuse("advance wants seconds from 0")
      end
      local target = native.clock_target(seconds)
      native.settle()
      while native.clock_step(target) do
        native.settle()
      end
      native.settle()
    end,
  })
end

--- Calls a function and kills it at a step of a flow, as far as a function can be: nothing that it does from then on
--- reaches the platform or the journal. What it left is what the next run of the flow finds.
function test.interrupted(fn, options)
  if type(fn) ~= "function" then
    native.misuse("test.interrupted wants a function, and when it is to be killed: {after = \"create\"}")
  end
  native.crash_arm(check_options(options, "test.interrupted"))
  local work = native.spawn(function()
    fn()
  end)
  local watch = native.spawn(function()
    native.crash_wait()
  end)
  native.wait("any", nil, { work, watch })
  local has_struck = native.crash_struck()
  for _, id in ipairs({ work, watch }) do
    native.cancel(id)
  end
  native.wait("ended", nil, { work, watch })
  local ok, problem = pcall(native.take, work)
  pcall(native.take, watch)
  local steps = native.crash_clear()
  if not has_struck then
    if not ok then
      error(problem, 0)
    end
    native.fail("the function ended without being killed: its flows came to " .. steps)
  end
end

return setmetatable(test, { __name = "c8.test" })
