-- wrk -s cycle-tokens.lua URL -- FILE: one request after the other, each with the next token of the file.
local requests, turn = {}, 0

function init(args)
  for token in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token })
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
