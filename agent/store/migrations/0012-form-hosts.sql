-- Hosts a browser may contact for a plugin's forms. The plugin itself may not.
ALTER TABLE plugins ADD COLUMN form_hosts TEXT NOT NULL DEFAULT '[]'
    CHECK (json_type(form_hosts) = 'array');
