extension Schema {
    /// Media apart from their bytes, which are files: see ``MediaFolder``.
    ///
    /// What the sender named or the provider gave (file names, ids, addresses, hashes) is sealed with the key of the
    /// contact, or with the tenant's where there is none. The media type is kept to its registered parts, so it says
    /// nothing of a person.
    static let media: [SQL] = [
        // The message may be written after its media, in the same transaction: its content names them.
        """
        CREATE TABLE media (
            id INTEGER PRIMARY KEY,
            contact_id BIGINT REFERENCES contacts (id),
            message_id BIGINT REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED,
            channel TEXT,
            kind TEXT NOT NULL,
            direction TEXT NOT NULL,
            state TEXT NOT NULL,
            is_silent BIGINT NOT NULL,
            mime_type TEXT,
            size BIGINT,
            filename BYTEA,
            reference BYTEA,
            digest BYTEA,
            attempts BIGINT NOT NULL,
            available_at BIGINT NOT NULL,
            leased_at BIGINT,
            failure_code TEXT,
            failure_title TEXT,
            failure_detail BYTEA,
            expires_at BIGINT,
            created_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX media_waiting ON media (channel, available_at) WHERE state = 'pending'",
        "CREATE INDEX media_by_message ON media (message_id) WHERE message_id IS NOT NULL",
        "CREATE INDEX media_by_contact ON media (contact_id) WHERE contact_id IS NOT NULL",
        """
        CREATE TABLE media_uploads (
            id INTEGER PRIMARY KEY,
            media_id BIGINT NOT NULL REFERENCES media (id),
            channel TEXT NOT NULL,
            provider_id BYTEA NOT NULL,
            expires_at BIGINT NOT NULL,
            UNIQUE (media_id, channel)
        )
        """,
    ]
}
