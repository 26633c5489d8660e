-- What `c8run test` begins each file with: it gets the file as a function.
local test = require("c8.test")
local run = test.run_file
test.run_file = nil
run(...)
