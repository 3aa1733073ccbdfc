import { BarController, BarElement, CategoryScale, Chart, LinearScale } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

export interface BarData {
    labels: string[];
    values: number[];
    /** What stands beside the lines of the value axis. */
    tick: (value: number, largest: number) => string;
}

/** Where the bars stand in the picture, in its pixels. */
export interface Area {
    left: number;
    right: number;
    top: number;
    bottom: number;
}

export interface BarPicture {
    show: (data: BarData) => void;
    /** Reads the colours of the theme again. */
    colour: () => void;
    destroy: () => void;
}

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws bars in a canvas with the theme's colours; tells where they stand each time they are laid out. */
export function drawBars(canvas: HTMLCanvasElement, data: BarData, onArea: (area: Area) => void): BarPicture {
    let tick = data.tick;
    const font = { family: "Inter, system-ui, sans-serif", size: 12 };
    const chart = new Chart(canvas, {
        type: "bar",
        data: { labels: data.labels, datasets: [{ data: data.values, backgroundColor: () => token("--chart-1"), borderRadius: 3, maxBarThickness: 48, categoryPercentage: 0.82, barPercentage: 0.94 }] },
        options: {
            animation: false,
            maintainAspectRatio: false,
            events: [],
            scales: {
                x: { grid: { display: false, drawBorder: false }, ticks: { font, color: () => token("--muted"), maxRotation: 0, autoSkipPadding: 8 } },
                y: { beginAtZero: true, grid: { color: () => token("--line"), drawBorder: false, drawTicks: false }, ticks: { font, color: () => token("--muted"), maxTicksLimit: 4, padding: 8, callback: (value, _at, all) => tick(Number(value), Math.max(...all.map((one) => Math.abs(one.value)))) } },
            },
        },
        plugins: [{ id: "area", afterLayout: (one) => onArea({ left: one.chartArea.left, right: one.chartArea.right, top: one.chartArea.top, bottom: one.chartArea.bottom }) }],
    });
    return {
        show: (next) => {
            tick = next.tick;
            chart.data.labels = next.labels;
            const [dataset] = chart.data.datasets;
            if (dataset) dataset.data = next.values;
            chart.update("none");
        },
        colour: () => chart.update("none"),
        destroy: () => chart.destroy(),
    };
}
