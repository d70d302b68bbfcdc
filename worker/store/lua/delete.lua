-- Deletes everything that is kept of a job. A full server still deletes but stores nothing new, so
-- `note_end_of_job` may fail, which does not matter.
local job_id = given.job_id
local job_key = names.job .. job_id

local request_key, result_key = unpack(redis.call('HMGET', job_key, 'request', 'result'))
if request_key then redis.call('DEL', request_key) end
local stored = result_key and redis.call('GET', result_key)
if stored and string.sub(stored, -#job_id) == job_id then redis.call('DEL', result_key) end
remove_from_turns(name_owner(job_key), job_id)
redis.call('ZREM', names.matches .. name_owner(job_key), job_id)
for _, part in ipairs({'document', 'failed', 'report'}) do uncount_part(part, job_key) end
redis.call('HDEL', job_key, 'callback_url')
pcall(note_end_of_job, job_key, job_id)
redis.call('ZREM', names.pending, job_id)
delete_job(job_id)
