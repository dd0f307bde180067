-- wrk -s cycle-tokens.lua URL -- FILE: one request after the other, each with the token of the next line, and to the
-- path that follows it there, if any.
local requests, turn = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local token, path = line:match("^(%S+) ?(%S*)$")
    local headers = { ["Authorization"] = "Bearer " .. token }
    requests[#requests + 1] = wrk.format("GET", path ~= "" and path or nil, headers)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, _, _)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  local report = '{"requests":%d,"seconds":%.6f,"failed":%d,"refused":%d}\n'
  io.write(string.format(report, summary.requests, summary.duration / 1e6, failed, errors.status))
end
