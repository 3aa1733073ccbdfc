/// What is wrong, in a sentence for a person before a page: the API's own details speak to programs.
struct PageProblem {
    let problem: Problem
    let messages: Messages
    let language: Language

    /// The text `page.problem.<code>`, else the problem's title.
    var sentence: String {
        var parameters = problem.parameters
        if let seconds = problem.headers.first(where: { $0.0 == "Retry-After" }).flatMap({ Int($0.1) }) {
            parameters["time"] = time(seconds)
        }
        let key = "page.problem.\(problem.code)"
        let text = messages.text(key, parameters, in: language)
        return text == key ? messages.text("problem.\(problem.code)", parameters, in: language) : text
    }

    /// A time to wait, rounded up: `30 seconds`, `2 minutes`.
    private func time(_ seconds: Int) -> String {
        let (unit, count) = seconds < 60 ? ("second", seconds) : ("minute", (seconds + 59) / 60)
        let key = count == 1 ? "page.time.\(unit)" : "page.time.\(unit)s"
        return messages.text(key, ["count": "\(count)"], in: language)
    }
}
