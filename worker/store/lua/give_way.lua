-- Answers 1 if a job must give up its process: a quick single upload waits for a free process, and its owner has used
-- fewer seconds than the owner of this job, whose `worked_seconds` so far count. Only the first process that asks gives
-- way; the others go on.
local job_key = KEYS[1]
local worked_seconds = tonumber(ARGV[1])
local PAUSE_SECONDS = 5  -- within which the process that gives way begins the upload

local owner = name_owner(job_key)
local owners, used = list_owners()
for _, other in ipairs(owners) do
  if other ~= owner and used[other] < (used[owner] or 0) + worked_seconds then
    local job_id = find_first_free(other, false, COSTLY_RANK)
    if job_id and redis.call('SET', names.given_way .. job_id, 1, 'NX', 'EX', PAUSE_SECONDS) then return 1 end
  end
end
return 0
