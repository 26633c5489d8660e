-- What `c8run test` begins each file with: it gets the file as a function. Its globals are those of the file.
local test = require("c8.test")
local run = test.run_file -- c8check: ignore[unknown-field]
test.run_file = nil
run(os, ...)
