-- Changes what people keep of a résumé. Answers 1, or 0 if there is no such job. The note before is to be gone from the disk.
local job_key, clean_key = unpack(KEYS)
local now = ARGV[1]

if redis.call('EXISTS', job_key) == 0 then return 0 end
redis.call('HSET', job_key, 'marked_at', now, unpack(ARGV, 2))
redis.call('DEL', clean_key)
note_change(job_key)
return 1
