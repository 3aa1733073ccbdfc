import Tabular
import Testing

@Suite struct VolumeTests {
    /// Two million cells; debug builds get ten times the release build's budget of 3 s.
    @Test func `two million cells are read in time`() throws {
        var bytes = Array("c0".utf8)
        for column in 1..<20 { bytes += Array(",c\(column)".utf8) }
        bytes.append(0x0A)
        let cells = Array(
            "1234,2020-01-31,\"Rossi, Mario\",anna@example.com,12.50,Forlì,,x,lorem ipsum,9".utf8)
        for _ in 0..<100_000 {
            bytes += cells
            bytes.append(0x2C)
            bytes += cells
            bytes.append(0x0A)
        }
        let file = TemporaryFile(bytes)
        let format = try DelimitedFormat.detect(path: file.path)
        var count = 0
        let time = try ContinuousClock().measure {
            let reader = try RecordReader(path: file.path, format: format)
            while let row = try reader.next() { count += row.fields.count }
        }
        #expect(count == 2_000_000)
        #expect(time < .seconds(30))
    }
}
