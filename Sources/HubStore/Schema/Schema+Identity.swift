extension Schema {
    /// Version 3 of a tenant's store: people and how they sign in, grants, and what business systems know of contacts.
    static let people: [SQL] = [
        // The sources are the identities whose provider said so; NULL for what a person wrote.
        """
        CREATE TABLE people (
            id INTEGER PRIMARY KEY,
            name BYTEA,
            email BYTEA,
            phone BYTEA,
            name_source BIGINT,
            email_source BIGINT,
            phone_source BIGINT,
            role TEXT NOT NULL,
            state TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            last_signed_in_at BIGINT
        )
        """,
        // The lookup is of issuer and subject: the key of an identity, never its e-mail.
        """
        CREATE TABLE person_identities (
            id INTEGER PRIMARY KEY,
            person_id BIGINT NOT NULL REFERENCES people (id),
            lookup BYTEA NOT NULL UNIQUE,
            connection TEXT NOT NULL,
            issuer TEXT NOT NULL,
            subject BYTEA NOT NULL,
            label BYTEA,
            is_email_verified BIGINT NOT NULL,
            is_email_deliverable BIGINT NOT NULL,
            is_disabled BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            last_used_at BIGINT
        )
        """,
        "CREATE INDEX person_identities_by_person ON person_identities (person_id, id)",
        """
        CREATE TABLE invitations (
            id INTEGER PRIMARY KEY,
            token_lookup BYTEA NOT NULL UNIQUE,
            role TEXT NOT NULL,
            name BYTEA,
            email BYTEA,
            invited_by BIGINT,
            person_id BIGINT REFERENCES people (id),
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            accepted_at BIGINT,
            revoked_at BIGINT
        )
        """,
        "CREATE INDEX invitations_by_person ON invitations (person_id) WHERE person_id IS NOT NULL",
        "CREATE INDEX invitations_by_expiry ON invitations (expires_at)",
        """
        CREATE TABLE api_keys (
            id INTEGER PRIMARY KEY,
            token_lookup BYTEA NOT NULL UNIQUE,
            name BYTEA NOT NULL,
            scopes TEXT NOT NULL,
            created_by BIGINT,
            created_at BIGINT NOT NULL,
            last_used_at BIGINT,
            revoked_at BIGINT
        )
        """,
        // Numbered from 1 without gaps, so that the oldest are found without counting.
        """
        CREATE TABLE audit_entries (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            reason TEXT,
            connection TEXT,
            person_id BIGINT,
            actor TEXT,
            request_id TEXT,
            occurred_at BIGINT NOT NULL
        )
        """,
    ]

    static let signIn: [SQL] = [
        // A session lapses by its idle or its absolute limit, whichever comes first.
        """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            token_lookup BYTEA NOT NULL UNIQUE,
            person_id BIGINT NOT NULL REFERENCES people (id),
            identity_id BIGINT REFERENCES person_identities (id),
            connection TEXT NOT NULL,
            label BYTEA,
            idle_limit BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            last_seen_at BIGINT NOT NULL,
            lapses_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX sessions_by_person ON sessions (person_id, id)",
        "CREATE INDEX sessions_by_identity ON sessions (identity_id) WHERE identity_id IS NOT NULL",
        "CREATE INDEX sessions_by_lapse ON sessions (lapses_at)",
        """
        CREATE TABLE sign_in_transactions (
            id INTEGER PRIMARY KEY,
            state_lookup BYTEA NOT NULL UNIQUE,
            connection TEXT NOT NULL,
            mode TEXT NOT NULL,
            payload BYTEA,
            session_id BIGINT,
            invitation_id BIGINT,
            browser_lookup BYTEA,
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            spent_at BIGINT
        )
        """,
        "CREATE INDEX sign_in_transactions_open ON sign_in_transactions (expires_at) WHERE spent_at IS NULL",
        "CREATE INDEX sign_in_transactions_spent ON sign_in_transactions (expires_at) WHERE spent_at IS NOT NULL",
        "CREATE TABLE provider_events (lookup BYTEA NOT NULL PRIMARY KEY, received_at BIGINT NOT NULL)",
        """
        CREATE TABLE deletion_requests (
            id INTEGER PRIMARY KEY,
            lookup BYTEA NOT NULL UNIQUE,
            code_lookup BYTEA NOT NULL UNIQUE,
            code BYTEA NOT NULL,
            account_lookup BYTEA NOT NULL,
            connection TEXT NOT NULL,
            state TEXT NOT NULL,
            requested_at BIGINT NOT NULL,
            completed_at BIGINT
        )
        """,
        "CREATE INDEX deletion_requests_open ON deletion_requests (id) WHERE state = 'requested'",
    ]

    static let grants: [SQL] = [
        // Of an identity or of a business system. The generation counts the tokens that the grant had, so that what is
        // learnt of old ones does not touch the new.
        """
        CREATE TABLE grants (
            id INTEGER PRIMARY KEY,
            identity_id BIGINT UNIQUE REFERENCES person_identities (id),
            system TEXT UNIQUE,
            connection TEXT NOT NULL,
            issuer TEXT,
            subject BYTEA,
            account_lookup BYTEA,
            label BYTEA,
            access_token BYTEA,
            refresh_token BYTEA,
            access_expires_at BIGINT,
            refresh_expires_at BIGINT,
            scopes TEXT NOT NULL,
            rotates BIGINT NOT NULL,
            generation BIGINT NOT NULL,
            state TEXT NOT NULL,
            reason TEXT,
            refreshing_since BIGINT,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX grants_by_connection ON grants (connection, id)",
        "CREATE INDEX grants_refreshing ON grants (id) WHERE state = 'refreshing'",
    ]

    /// Sealed under the key of the contact, so that erasing the person erases these, too.
    static let contactRecords: [SQL] = [
        """
        CREATE TABLE contact_records (
            id INTEGER PRIMARY KEY,
            contact_id BIGINT NOT NULL REFERENCES contacts (id),
            system TEXT NOT NULL,
            lookup BYTEA NOT NULL UNIQUE,
            email_lookup BYTEA,
            external_id BYTEA NOT NULL,
            data BYTEA NOT NULL,
            updated_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX contact_records_by_contact ON contact_records (contact_id, id)",
        "CREATE INDEX contact_records_by_system ON contact_records (system)",
        "CREATE INDEX contact_records_by_email ON contact_records (email_lookup) WHERE email_lookup IS NOT NULL",
    ]
}
