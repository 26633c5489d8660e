-- Lua 5.4 with its standard library, as scripts see it; everything else is required by name.
std = "lua54"
codes = true
max_line_length = 120

-- A method need not use its self.
self = false

-- The one file that makes the globals of scripts what they are.
files["stdlib/c8/_start.lua"] = { globals = { "io", "os" } }

-- Definitions for editors: functions without bodies, and the table c8 that the host makes.
files["stdlib/types"] = { globals = { "c8" }, ignore = { "212", "241" } }
