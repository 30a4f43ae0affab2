extension MessageContent {
    public struct Location: Sendable, Equatable, Codable {
        /// Degrees north, WGS 84.
        public var latitude: Double
        /// Degrees east, WGS 84.
        public var longitude: Double
        public var name: String?
        public var address: String?
        /// Of a place that has a page; inbound only.
        public var url: String?

        public init(
            latitude: Double, longitude: Double, name: String? = nil, address: String? = nil, url: String? = nil
        ) {
            self.latitude = latitude
            self.longitude = longitude
            self.name = name
            self.address = address
            self.url = url
        }

        init(_ reader: ObjectReader) {
            self.init(
                latitude: reader.number("latitude", in: -90...90),
                longitude: reader.number("longitude", in: -180...180),
                name: reader.optionalText("name", 0...1000), address: reader.optionalText("address", 0...1000),
                url: reader.optionalText("url", 0...2048))
        }

        var json: JSON {
            .object([
                "latitude": .number(String(latitude)), "longitude": .number(String(longitude)),
                "name": name.map { .string($0) }, "address": address.map { .string($0) },
                "url": url.map { .string($0) },
            ])
        }
    }
}
