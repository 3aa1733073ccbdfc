import { api } from "../../../kernel/api/client";
import type { Page } from "../../../kernel/records/types";

/** Whether there is any deal that the caller sees. */
export async function hasDeals(): Promise<boolean> {
    return (await api.get<Page>("/opportunities", { limit: 1, fields: "id" })).data.length > 0;
}

/** Whether somebody has touched the stages that an organization is born with, or works with them. */
export async function hasOwnStages(): Promise<boolean> {
    const [stages, pipelines, used] = await Promise.all([
        api.get<Page>("/stages", { limit: 200, fields: "id,version,created_at" }),
        api.get<Page>("/pipelines", { limit: 50, fields: "id,version,created_at" }),
        hasDeals(),
    ]);
    const all = [...stages.data, ...pipelines.data];
    const born = all.map((one) => String(one["created_at"])).sort()[0];
    return used || all.some((one) => one.version > 1 || one["created_at"] !== born);
}
