-- A date is now NULL for none, and the largest number of 64 bits for one that cannot be read. What lies
-- before 2015 or after 9000 was never a time, but a way to write that there is none (contract §5, Dates).
UPDATE token SET created = NULL WHERE created NOT BETWEEN 1420070400 AND 221876927999;
UPDATE token SET expires = NULL WHERE expires NOT BETWEEN 1420070400 AND 221876927999;
UPDATE token SET last_used = NULL WHERE last_used NOT BETWEEN 1420070400 AND 221876927999;
