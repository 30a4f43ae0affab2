extension Schema {
    /// Version 2 of a tenant's store: what channels need besides messages. The tables of media are in `Schema+Media`.
    static let channels: [SQL] = [
        "ALTER TABLE contacts ADD COLUMN username BYTEA",
        // When a free answer is no longer possible; when all messages are free; when an advertisement last led here.
        "ALTER TABLE conversations ADD COLUMN window_closes_at BIGINT",
        "ALTER TABLE conversations ADD COLUMN free_entry_closes_at BIGINT",
        "ALTER TABLE conversations ADD COLUMN referred_at BIGINT",
        "ALTER TABLE messages ADD COLUMN details BYTEA",
        "ALTER TABLE messages ADD COLUMN reply_to_id BIGINT",
        "ALTER TABLE messages ADD COLUMN provider_state TEXT",
        "ALTER TABLE messages ADD COLUMN pricing_model TEXT",
        "ALTER TABLE messages ADD COLUMN pricing_type TEXT",
        "ALTER TABLE messages ADD COLUMN pricing_category TEXT",
        "ALTER TABLE messages ADD COLUMN edited_at BIGINT",
        "ALTER TABLE messages ADD COLUMN revoked_at BIGINT",
        // How often the provider asked in a row to send it later.
        "ALTER TABLE outbox ADD COLUMN throttles BIGINT NOT NULL DEFAULT 0",
        """
        CREATE TABLE consents (
            contact_id BIGINT NOT NULL REFERENCES contacts (id),
            channel TEXT NOT NULL,
            purpose TEXT NOT NULL,
            is_granted BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            PRIMARY KEY (contact_id, channel, purpose)
        )
        """,
        // To whom the business wrote first, with a template outside of a window: providers count these people.
        """
        CREATE TABLE introductions (
            channel TEXT NOT NULL,
            contact_id BIGINT NOT NULL REFERENCES contacts (id),
            introduced_at BIGINT NOT NULL,
            PRIMARY KEY (channel, contact_id)
        )
        """,
        "CREATE INDEX introductions_by_time ON introductions (channel, introduced_at)",
        """
        CREATE TABLE templates (
            id INTEGER PRIMARY KEY,
            account TEXT NOT NULL,
            name TEXT NOT NULL,
            language TEXT NOT NULL,
            provider_id TEXT NOT NULL,
            status TEXT NOT NULL,
            category TEXT NOT NULL,
            quality TEXT,
            reason TEXT,
            has_named_parameters BIGINT NOT NULL,
            components BYTEA,
            updated_at BIGINT NOT NULL,
            UNIQUE (account, name, language)
        )
        """,
        "CREATE TABLE template_syncs (account TEXT NOT NULL PRIMARY KEY, synced_at BIGINT NOT NULL)",
        """
        CREATE TABLE channel_states (
            channel TEXT NOT NULL PRIMARY KEY,
            paused_code TEXT,
            paused_title TEXT,
            paused_at BIGINT,
            needs_resume BIGINT NOT NULL DEFAULT 0,
            messages_per_second BIGINT,
            new_contacts_per_day BIGINT,
            quality TEXT,
            credential_expires_at BIGINT,
            facts BYTEA,
            probed_at BIGINT
        )
        """,
        """
        CREATE TABLE channel_alerts (
            channel TEXT NOT NULL,
            code TEXT NOT NULL,
            title TEXT NOT NULL,
            severity TEXT NOT NULL,
            is_probed BIGINT NOT NULL,
            raised_at BIGINT NOT NULL,
            PRIMARY KEY (channel, code)
        )
        """,
        """
        CREATE TABLE credentials (
            id INTEGER PRIMARY KEY,
            channel TEXT NOT NULL,
            name TEXT NOT NULL,
            value BYTEA NOT NULL,
            updated_at BIGINT NOT NULL,
            UNIQUE (channel, name)
        )
        """,
    ]
}
