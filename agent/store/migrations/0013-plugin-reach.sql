-- Where a plugin finds its boards ("portal", "employer" or "any"), and what its
-- site's terms say against programs, as the person accepted it.
ALTER TABLE plugins ADD COLUMN reach TEXT NOT NULL DEFAULT 'portal';
ALTER TABLE plugins ADD COLUMN terms_accepted TEXT;
