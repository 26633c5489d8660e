---@meta c8.test

--- Tests of scripts: `c8run test` runs files named `*_test.lua`, and finds this module there alone.
---@class c8.test
---@field describe c8.test.Describe
---@field it c8.test.It
local test = {}

--- A group of tests. Groups nest.
---@class c8.test.Describe
---@field skip fun(name: string, fn: function) leaves the group out
---@field only fun(name: string, fn: function) leaves all others of the file out
---@overload fun(name: string, fn: function)

--- A test.
---@class c8.test.It
---@field skip fun(name: string, options: c8.test.Options|function, fn: function|nil) leaves the test out
---@field only fun(name: string, options: c8.test.Options|function, fn: function|nil) leaves all others of the file out
---@field todo fun(name: string) notes a test that is still to be written
---@overload fun(name: string, fn: function)
---@overload fun(name: string, options: c8.test.Options, fn: function)

---@class c8.test.Options
---@field timeout number|nil seconds that the test may take; 10 if not said

--- Runs before the first test of the group.
---@param fn function
function test.before_all(fn) end

--- Runs after the last test of the group.
---@param fn function
function test.after_all(fn) end

--- Runs before each test of the group and of those in it.
---@param fn function
function test.before_each(fn) end

--- Runs after each test of the group and of those in it, also after one that failed.
---@param fn function
function test.after_each(fn) end

--- A test for each row: `test.each{{1, 2}, {2, 4}}("doubles %d", function(n, twice) … end)`.
---@param rows any[]
---@return fun(name: string, options: c8.test.Options|function, fn: function|nil)
function test.each(rows) end

--- What is said of a value. Methods may be called with a dot or a colon.
---@class c8.test.Expectation
---@field never c8.test.Expectation the opposite of what follows
---@field not_to c8.test.Expectation the opposite of what follows, as in `not_to.be_nil()`
local Expectation = {}

--- Equal as by `==`: for tables, the very same one.
---@param expected any
function Expectation.to_be(expected) end

--- Equal in type and content: tables by their fields; 1 and 1.0 are not equal.
---@param expected any
function Expectation.to_equal(expected) end

--- nil, and not the null of c8.json.
function Expectation.to_be_nil() end

--- The null of c8.json.
function Expectation.to_be_null() end

--- Neither nil nor false.
function Expectation.to_be_truthy() end

--- nil or false.
function Expectation.to_be_falsy() end

--- Of this type: as by `type`, `math.type`, "null", or the `__name` of its metatable.
---@param name string
function Expectation.to_be_a(name) end

--- A string with this text in it, or a table with an equal value.
---@param expected any
function Expectation.to_contain(expected) end

--- A string that matches a Lua pattern, or a table with equal fields and perhaps others.
---@param expected string|table
function Expectation.to_match(expected) end

--- A number at most so far away; 1e-6 if not said.
---@param expected number
---@param tolerance number|nil
function Expectation.to_be_close(expected, tolerance) end

--- Of this length.
---@param length integer
function Expectation.to_have_length(length) end

--- A function that raises an error, with this text in its message or with these fields (`message` may be a pattern).
---@param expected string|table|nil
---@return any problem the error
function Expectation.to_raise(expected) end

--- A spy that was called, so many times if said.
---@param times integer|nil
function Expectation.to_have_been_called(times) end

--- A spy that was called with these arguments at least once.
---@param ... any
function Expectation.to_have_been_called_with(...) end

--- Says something of a value. The message is put before what went wrong.
---@param value any
---@param message string|nil
---@return c8.test.Expectation
function test.expect(value, message) end

--- A function that notes its calls.
---@class c8.test.Spy
---@field calls any[][] the arguments of each call, with their number as `n`

--- A function that notes its calls, and does what another does.
---@param fn function|nil
---@return c8.test.Spy
function test.spy(fn) end

--- Puts a spy in the place of a table's field until the test ends.
---@param target table
---@param name any
---@param ... any a function that is called instead, or what the spy returns
---@return c8.test.Spy
function test.stub(target, name, ...) end

---@class c8.test.ClockOptions
---@field now string|number|nil ISO 8601, or seconds since 1970; the present if not said
---@field auto boolean|nil go on by itself when all tasks seem to wait (docs/testing.md, "Time")

--- The test's own time, which stands still.
---@class c8.test.Clock
local Clock = {}

--- Lets so many seconds pass. Whoever waits for a moment within them goes on at that moment.
---@param seconds number
function Clock.advance(seconds) end

--- The present, in seconds since 1970.
---@return number
function Clock.now() end

--- Replaces the time until the test ends: of c8.time, os.time, task.sleep, f:sleep, timeouts, tokens and the emulator.
---@param options c8.test.ClockOptions|nil
---@return c8.test.Clock
function test.clock(options) end

--- A folder that the test may read and write, removed after it.
---@return string path
function test.temp_dir() end

---@class c8.test.Fault
---@field kind string as `c8run emulator --fault` has it: "cut-after", "status:503", …
---@field operation string|nil an operation's id, or the beginning of ids with `*`
---@field times integer|nil how often it happens
---@field skip integer|nil how many requests it spares at first
---@field chance number|nil how likely it is, from 0 to 1
---@field retry_after integer|nil seconds for the header Retry-After

---@class c8.test.EmulatorOptions
---@field faults (string|c8.test.Fault)[]|nil
---@field bindings string|table|nil a bindings file, or what it would hold
---@field token_ttl number|nil seconds that a token is good for
---@field token_interval number|nil seconds between two get-token calls; 0 if not said
---@field seed integer|nil decides its keys and ids

--- A request that the emulator got.
---@class c8.test.Call
---@field operation string|nil
---@field target string method and path
---@field body table|nil
---@field status integer HTTP status; 0 where nothing was answered
---@field code integer code of the envelope; 0 where nothing was answered
---@field performed boolean whether it was carried out, whatever the script got to know
---@field fault string|nil
---@field time number

---@class c8.test.Ledger
---@field calls c8.test.Call[]
---@field production_orders table[] each with its `codes`
---@field logistics_orders table[] each with its `codes`

--- The platform of a test.
---@class c8.test.Emulator
---@field base_url string
local Emulator = {}

--- Everything that it was asked, and what it holds.
---@return c8.test.Ledger
function Emulator.ledger() end

--- The calls of one operation, or of all but get-token.
---@param operation string|nil
---@return c8.test.Call[]
function Emulator.calls(operation) end

--- From now on these faults happen, and no others.
---@param faults (string|c8.test.Fault)[]
function Emulator.faults(faults) end

--- Ends the life of all tokens handed out so far.
function Emulator.expire_tokens() end

--- Ends it: calls then find nobody.
function Emulator.stop() end

--- Starts an emulator that `c8` talks to until the test ends; in before_all, until the group ends. Without it, a test
--- has one from its first call on.
---@param options c8.test.EmulatorOptions|nil
---@return c8.test.Emulator
function test.emulator(options) end

---@class c8.test.Interruption
---@field before string|nil killed when this step is about to begin
---@field after string|nil killed when this step has written, and before its result is kept
---@field done string|nil killed when the result of this step has been kept

--- Calls a function and kills it at a step of a flow. Fails where it does not come there.
---@param fn function
---@param options c8.test.Interruption
function test.interrupted(fn, options) end

---@class c8.test.Grants
---@field read boolean|string[]|nil
---@field write boolean|string[]|nil
---@field net boolean|string[]|nil
---@field env boolean|string[]|nil
---@field token boolean|nil

---@class c8.test.RunOptions
---@field args (string|number)[]|nil what the script finds in `...`
---@field input any what its flows find in `f.input`
---@field grants c8.test.Grants|nil at most what the tests have, which is what it has if not said
---@field interrupt c8.test.Interruption|nil
---@field timeout number|nil seconds

---@class c8.test.RunResult
---@field exit integer the exit status that c8run would end with
---@field stdout string
---@field stderr string what it wrote there, and its log
---@field error table|nil the uncaught error: kind, message, …
---@field interrupted boolean whether it was killed where `interrupt` says

--- Runs a script file in a host of its own, against the platform and the flows' journal of the test.
---@param path string from the test's folder
---@param options c8.test.RunOptions|nil
---@return c8.test.RunResult
function test.run(path, options) end

return test
