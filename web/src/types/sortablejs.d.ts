// What is used of SortableJS, which comes without types.
declare module "sortablejs" {
    export interface SortableEvent {
        item: HTMLElement;
        from: HTMLElement;
        to: HTMLElement;
        oldIndex?: number;
        newIndex?: number;
    }
    export interface Options {
        group?: string;
        draggable?: string;
        filter?: string;
        handle?: string;
        animation?: number;
        delay?: number;
        delayOnTouchOnly?: boolean;
        touchStartThreshold?: number;
        ghostClass?: string;
        chosenClass?: string;
        dragClass?: string;
        scroll?: boolean;
        scrollSensitivity?: number;
        forceFallback?: boolean;
        fallbackOnBody?: boolean;
        fallbackTolerance?: number;
        sort?: boolean;
        disabled?: boolean;
        onStart?: (event: SortableEvent) => void;
        onEnd?: (event: SortableEvent) => void;
        onMove?: (event: { to: HTMLElement; dragged: HTMLElement }) => boolean | void;
    }
    export default class Sortable {
        static create(element: HTMLElement, options: Options): Sortable;
        option<Key extends keyof Options>(name: Key, value: Options[Key]): void;
        destroy(): void;
    }
}
