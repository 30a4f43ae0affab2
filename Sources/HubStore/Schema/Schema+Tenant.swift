extension Schema {
    /// One tenant's contacts, conversations, messages and events.
    ///
    /// Every column of type BYTEA is either sealed or a keyed hash; what else is there says nothing of a person. `INTEGER
    /// PRIMARY KEY` is SQLite's name for a 64-bit row key. Times are milliseconds UTC.
    static let tenant = Schema(versions: [
        [
            """
            CREATE TABLE contacts (
                id INTEGER PRIMARY KEY,
                name BYTEA,
                name_lookup BYTEA,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE contact_identities (
                id INTEGER PRIMARY KEY,
                contact_id BIGINT NOT NULL REFERENCES contacts (id),
                kind TEXT NOT NULL,
                lookup BYTEA NOT NULL UNIQUE,
                value BYTEA NOT NULL
            )
            """,
            "CREATE INDEX contact_identities_by_contact ON contact_identities (contact_id, id)",
            """
            CREATE TABLE conversations (
                id INTEGER PRIMARY KEY,
                contact_id BIGINT NOT NULL REFERENCES contacts (id),
                channel TEXT NOT NULL,
                state TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                UNIQUE (contact_id, channel)
            )
            """,
            """
            CREATE TABLE messages (
                id INTEGER PRIMARY KEY,
                conversation_id BIGINT NOT NULL REFERENCES conversations (id),
                contact_id BIGINT NOT NULL REFERENCES contacts (id),
                channel TEXT NOT NULL,
                direction TEXT NOT NULL,
                type TEXT NOT NULL,
                status TEXT NOT NULL,
                failure_code TEXT,
                failure_title TEXT,
                failure_detail BYTEA,
                provider_lookup BYTEA UNIQUE,
                provider_id BYTEA,
                content BYTEA,
                raw BYTEA,
                idempotency_lookup BYTEA,
                request_lookup BYTEA,
                sent_at BIGINT,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX messages_by_conversation ON messages (conversation_id, id)",
            """
            CREATE UNIQUE INDEX messages_by_idempotency ON messages (idempotency_lookup)
            WHERE idempotency_lookup IS NOT NULL
            """,
            """
            CREATE TABLE message_statuses (
                id INTEGER PRIMARY KEY,
                message_id BIGINT REFERENCES messages (id),
                provider_lookup BYTEA NOT NULL,
                provider_status TEXT NOT NULL,
                participant_lookup BYTEA NOT NULL,
                status TEXT,
                failure_code TEXT,
                failure_title TEXT,
                raw BYTEA NOT NULL,
                occurred_at BIGINT NOT NULL,
                UNIQUE (provider_lookup, provider_status, participant_lookup)
            )
            """,
            """
            CREATE TABLE notices (
                lookup BYTEA NOT NULL PRIMARY KEY,
                occurred_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE outbox (
                message_id INTEGER PRIMARY KEY REFERENCES messages (id),
                channel TEXT NOT NULL,
                conversation_id BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                available_at BIGINT NOT NULL,
                leased_at BIGINT
            )
            """,
            "CREATE INDEX outbox_by_channel ON outbox (channel, message_id)",
            "CREATE INDEX outbox_by_conversation ON outbox (conversation_id, message_id)",
            """
            CREATE TABLE events (
                sequence INTEGER PRIMARY KEY,
                type TEXT NOT NULL,
                channel TEXT,
                conversation_id BIGINT,
                contact_id BIGINT,
                data BYTEA NOT NULL,
                occurred_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE subscriptions (
                system TEXT NOT NULL PRIMARY KEY,
                cursor BIGINT NOT NULL,
                settings_lookup BYTEA NOT NULL,
                disabled_at BIGINT
            )
            """,
            """
            CREATE TABLE deliveries (
                id INTEGER PRIMARY KEY,
                system TEXT NOT NULL,
                sequence BIGINT NOT NULL REFERENCES events (sequence),
                conversation_id BIGINT,
                attempts BIGINT NOT NULL,
                available_at BIGINT NOT NULL,
                dead_at BIGINT,
                failure_code TEXT,
                failure_title TEXT,
                UNIQUE (system, sequence)
            )
            """,
            // Dead letters stay for long and must not slow down what waits.
            """
            CREATE INDEX deliveries_waiting ON deliveries (system, conversation_id, sequence)
            WHERE dead_at IS NULL
            """,
        ],
        channels + media,
        people + signIn + grants + contactRecords,
    ])

    /// A tenant's keys, in a file apart so that its backups can be short-lived: what is erased is gone when the last
    /// backup of its key is.
    static let keys = Schema(versions: [
        [
            "CREATE TABLE tenant_keys (version INTEGER PRIMARY KEY, wrapped BYTEA NOT NULL, id_tag BIGINT NOT NULL)",
            "CREATE TABLE contact_keys (contact_id INTEGER PRIMARY KEY, wrapped BYTEA NOT NULL)",
        ]
    ])

    /// Signed updates that could not be placed with a tenant.
    static let quarantine = Schema(versions: [
        [
            """
            CREATE TABLE quarantine (
                id INTEGER PRIMARY KEY,
                lookup BYTEA NOT NULL UNIQUE,
                endpoint TEXT NOT NULL,
                reason TEXT NOT NULL,
                body BYTEA NOT NULL,
                received_at BIGINT NOT NULL
            )
            """
        ]
    ])
}
