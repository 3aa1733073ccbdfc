import Tabular
import Testing

@Suite struct SimilarityTests {
    private let products = SimilarityIndex([
        (id: 1, label: "GTX Basic"), (id: 2, label: "GTX Pro"), (id: 3, label: "GTX Plus Pro"),
        (id: 4, label: "MG Advanced"), (id: 5, label: "Caffè Forlì S.r.l."), (id: 6, label: "Mario Rossi"),
        (id: 7, label: "Acme Corporation"), (id: 8, label: "Philippines"),
    ])

    @Test(arguments: [
        ("GTX Pro", 2, 1.0), ("GTXPro", 2, 0.97), ("gtx-pro", 2, 0.97), ("CAFFE FORLI SRL", 5, 0.97),
        ("Rossi Mario", 6, 0.95), ("Philipines", 8, 0.8), ("Acme Corp", 7, 0.7), ("Acme Coproration", 7, 0.8),
        ("MG Advnaced", 4, 0.8),
    ])
    func `the likest comes first`(value: String, id: Int, least: Double) throws {
        let best = try #require(products.proposals(for: value).first)
        #expect(best.id == id)
        #expect(best.score >= least)
        #expect(best.score == 1 || value != best.label)
        #expect(best.score <= 1)
    }

    @Test func `what is like nothing gets no proposal`() {
        #expect(products.proposals(for: "Zebra").isEmpty)
        #expect(products.proposals(for: "").isEmpty)
        #expect(products.proposals(for: "---").isEmpty)
    }

    @Test func `proposals are ranked, limited and never name a candidate twice`() {
        let index = SimilarityIndex([
            (id: 1, label: "GTX Pro"), (id: 1, label: "GTX-Pro"), (id: 2, label: "GTX Prox"),
        ])
        let proposals = index.proposals(for: "GTXPro", limit: 3)
        #expect(proposals.map(\.id) == [1, 2])
        #expect(products.proposals(for: "GTX", limit: 2).count == 2)
        #expect(zip(proposals, proposals.dropFirst()).allSatisfy { $0.score >= $1.score })
    }

    @Test func `headers find their fields by key, label and alias`() {
        let fields = [
            FieldName(key: "closed_at", labels: ["Closed", "Chiusa il"], aliases: ["close_date"]),
            FieldName(key: "product_id", labels: ["Product", "Prodotto"]),
            FieldName(key: "amount", labels: ["Amount", "Importo"], aliases: ["close_value", "value"]),
            FieldName(key: "owner_id", labels: ["Owner", "Responsabile"], aliases: ["sales_agent"]),
        ]
        let headers = ["close_date", "product", "Close Value", "sales agent", "zzz", "Prodotto"]
        let proposals = HeaderMatching(fields).proposals(for: headers)
        #expect(proposals.map { $0?.id } == ["closed_at", "product_id", "amount", "owner_id", nil, nil])
    }

    @Test func `a thousand values find their like among ten thousand`() {
        let syllables = ["ba", "co", "di", "fu", "ga", "le", "mi", "no", "pe", "ru", "sa", "to", "vi", "zo"]
        func name(_ number: Int) -> String {
            let parts = [number % 14, number / 14 % 14, number / 196 % 14, number * 7 % 13, number / 3 % 14]
            return parts.map { syllables[$0] }.joined() + " \(number)"
        }
        let index = SimilarityIndex((0..<10_000).map { (id: $0, label: name($0)) })
        let clock = ContinuousClock()
        var found = 0
        let time = clock.measure {
            for number in stride(from: 0, to: 10_000, by: 10) {
                var misspelt = Array(name(number))
                misspelt.swapAt(3, 4)
                if index.proposals(for: String(misspelt)).contains(where: { $0.id == number }) { found += 1 }
            }
        }
        #expect(found > 950)
        #expect(time < .seconds(30))
    }
}
