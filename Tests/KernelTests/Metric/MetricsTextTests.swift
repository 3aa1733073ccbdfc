import Testing

@testable import Kernel

@Suite struct MetricsTextTests {
    @Test func `a histogram's buckets are cumulative and end with all`() {
        var histogram = Histogram()
        for microseconds: Int64 in [400, 900, 900, 60_000_000] {
            histogram.record(microseconds: microseconds)
        }
        var text = MetricsText()
        text.begin("work_seconds", .histogram, "Work.", unit: "seconds")
        text.samples([("kind", "a")], histogram)
        text.end()
        let lines = text.text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "# TYPE work_seconds histogram")
        #expect(lines.contains(#"work_seconds_bucket{kind="a",le="0.000500"} 1"#))
        #expect(lines.contains(#"work_seconds_bucket{kind="a",le="0.001000"} 3"#))
        #expect(lines.contains(#"work_seconds_bucket{kind="a",le="30.000000"} 3"#))
        #expect(lines.contains(#"work_seconds_bucket{kind="a",le="+Inf"} 4"#))
        #expect(lines.contains(#"work_seconds_sum{kind="a"} 60.002200"#))
        #expect(lines.last == "# EOF")
    }

    @Test func `labels can't break out of their quotes`() {
        var text = MetricsText()
        text.begin("things", .gauge, "Things.")
        text.sample([("name", "a\"b\\c\nd")], 1)
        #expect(text.text.hasSuffix("things{name=\"a\\\"b\\\\c\\nd\"} 1\n"))
    }

    @Test func `methods that nobody knows are counted as one`() {
        let metrics = Metrics(loops: 0)
        for method in ["GET", "get", ""] + (1...1000).map({ "M\($0)" }) {
            metrics.request(Metrics.RequestKey(method: method, route: "-", status: 404), microseconds: 10)
        }
        let requests = metrics.sum().requests
        #expect(Set(requests.keys.map(\.method)) == ["GET", "other"])
        #expect(requests.count == 2)
    }

    @Test func `what threads count apart is added up`() {
        let metrics = Metrics(loops: 2)
        let key = Metrics.RequestKey(method: "GET", route: "/things", status: 200)
        metrics.request(key, microseconds: 10)
        metrics.request(key, microseconds: 20)
        metrics.slowBatch("short")
        let sum = metrics.sum()
        #expect(sum.requests[key]?.count == 2)
        #expect(sum.requests[key]?.sum == 30)
        #expect(sum.slowBatches == ["short": 1])
    }
}
